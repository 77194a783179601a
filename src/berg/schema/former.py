"""Keys as rule 1 made them, so that homes of earlier releases keep their results.

Under rule 1 every field counted. Which fields there were stands in `former.json`, written once,
before the rule changed: what a model has gained since must be at its default, what it has lost
counts with the default that it had. Kinds that came later have no such keys.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from berg.digest import digest_of_sorted
from berg.schema.asset import Asset
from berg.schema.fields import Plain, content_of, content_of_fields
from berg.schema.handle import Handle
from berg.schema.step import Step
from berg.units import show_rational

Fields = Mapping[str, Any]
"""A model as it was. By field: `default` if it had one, `models` that could stand in it."""
ValueOf = Callable[[Handle[Any]], Any]


class _Unknown(Exception):  # noqa: N818 - not an error: rule 1 knew nothing like it
    """There was no such thing when rule 1 was in force."""


@cache
def _kinds() -> Mapping[str, Any]:
    kinds: Mapping[str, Any] = json.loads(files(__package__).joinpath("former.json").read_bytes())
    return kinds


def former_key(
    step: Step[Any],
    value_of: ValueOf,
    *,
    tools: Mapping[str, str],
    weights: Mapping[str, str],
) -> str | None:
    """The key that a step of which all inputs exist had under rule 1; None if it had none."""
    kind = step.kind
    was = _kinds().get(kind.capability)
    if was is None or was["version"] != kind.version:
        return None
    try:
        params = step.params if step.former is None else step.former()
        identity = digest_of_sorted(
            "identity",
            {
                "capability": kind.capability,
                "params": _content(params, [was["params"]], value_of),
                "seed": step.seed,
                "tools": {name: tools[name] for name in sorted(kind.tools)},
                "version": kind.version,
                "weights": {name: weights[name] for name in sorted(step.weights)},
            },
        )
        inputs = _content_of_map(step.inputs, was["inputs"], kind.inputs, value_of)
    except _Unknown:
        return None
    return digest_of_sorted("key", [identity, inputs])


def _content(value: Any, models: Sequence[Fields], value_of: ValueOf) -> Plain:
    if isinstance(value, Handle):
        return _content(value_of(value), models, value_of)
    if isinstance(value, Asset):
        return {"asset": value.sha256, "media_type": value.media_type}
    if isinstance(value, Fraction):
        return show_rational(value)
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        was = _closest(fields, models)
        gone = {name: field["default"] for name, field in was.items() if name not in fields}
        found = _content_of_map(fields, was, type(value), value_of) | gone
        return dict(sorted(found.items()))
    if isinstance(value, list | tuple):
        return [_content(item, models, value_of) for item in value]
    if isinstance(value, dict):
        return _content_of_dict(value, models, value_of)
    return value


def _content_of_dict(
    value: Mapping[str, Any], models: Sequence[Fields], value_of: ValueOf
) -> dict[str, Plain]:
    """A map, or the fields of the one model that could stand there."""
    if not models:
        return {name: _content(value[name], (), value_of) for name in sorted(value)}
    was = _closest(value, models)
    if any(item is not None for name, item in value.items() if name not in was):
        raise _Unknown
    said = sorted(name for name in value if name in was)
    return {name: _content(value[name], was[name]["models"], value_of) for name in said}


def _closest(fields: Mapping[str, Any], models: Sequence[Fields]) -> Fields:
    """Of the models that could stand there, the one that these fields are of.

    Raises _Unknown: of none.
    """
    fitting = [
        was
        for was in models
        if all(name in fields or "default" in field for name, field in was.items())
    ]
    if not fitting:
        raise _Unknown
    return max(fitting, key=lambda was: len(was.keys() & fields.keys()))


def _content_of_map(
    values: Mapping[str, Any], was: Fields, model: type[BaseModel], value_of: ValueOf
) -> dict[str, Plain]:
    """Raises _Unknown: a field that has come since isn't at its default."""
    new = {name: value for name, value in values.items() if name not in was}
    if new and content_of_fields(
        new, model, lambda handle, shape: content_of(value_of(handle), None, shape)
    ):
        raise _Unknown
    return {
        name: _content(values[name], was[name]["models"], value_of)
        for name in sorted(values)
        if name in was
    }
