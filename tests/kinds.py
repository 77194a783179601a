"""Every kind of step that berg has, found by looking; and what its parameters and inputs are."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

import berg.lines
import berg.steps
from berg.schema.asset import Asset
from berg.schema.fields import content_of
from berg.schema.step import StepKind

Kind = StepKind[..., Any, Any]


def all_kinds() -> dict[str, Kind]:
    """By capability. A kind is found wherever it stands in `berg.steps` or `berg.lines`."""
    found: dict[str, Kind] = {}
    for package in (berg.steps, berg.lines):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for thing in vars(importlib.import_module(module.name)).values():
                if isinstance(thing, StepKind):
                    assert found.setdefault(thing.capability, thing) is thing
    return dict(sorted(found.items()))


def description_of(kind: Kind) -> dict[str, Any]:
    """A kind's version, and the fields of its parameters and inputs: plain data."""
    return {
        "version": kind.version,
        "params": fields_of(kind.params),
        "inputs": fields_of(kind.inputs),
    }


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """By field: its default, if it has one, and the models that may stand in it."""
    found: dict[str, Any] = {}
    for name, field in sorted(model.model_fields.items()):
        models = [fields_of(inner) for inner in _models_in(field.annotation)]
        found[name] = {"models": models}
        if not field.is_required():
            default = field.get_default(call_default_factory=True)
            found[name]["default"] = _whole(default)
    return found


def _whole(value: Any) -> Any:
    """A default with all its fields, those at their own defaults as well."""
    if isinstance(value, BaseModel):
        names = sorted(type(value).model_fields)
        return {name: _whole(getattr(value, name)) for name in names}
    return content_of(value)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is not Asset:
            yield annotation
        return
    for part in get_args(annotation):
        yield from _models_in(part)
