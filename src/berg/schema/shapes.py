"""What may stand in a model's field, as far as a key must know: one model, several, anything.

A key holds no types: a model counts as the fields that aren't at their defaults. So where a field
may hold one of several models, something that always counts must tell them apart; a declaration
in which nothing does is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from berg.schema.asset import Asset

Model = type[BaseModel]
Shape = Model | tuple[Model, ...] | None
"""What may stand in some place: one model (then a dict holds its fields), one of several (of
none, where the declaration says nothing), or no model at all."""

_ASSET = frozenset({"asset", "media_type"})
"""As what an asset counts."""


def counts_always(field: FieldInfo) -> bool:
    """Whether a field counts whatever it holds: it has no default, or none that is fixed, or can
    hold but one thing, which then is its model's name."""
    takes_others = bool(field.default_factory_takes_validated_data)
    return field.is_required() or takes_others or len(_choices(field)) == 1


def shape_of(model: Model, name: str) -> Shape:
    """Which models may stand in this field.

    Raises TypeError: the field may hold several things that what counts doesn't tell apart.
    """
    return _shape(model.model_fields[name].annotation, f"{model.__name__}.{name}")


def _shape(annotation: Any, where: str) -> Shape:
    parts = _parts(annotation, where)
    models: list[Model] = list(dict.fromkeys(part for part in parts if _is_model(part)))
    for one, other in combinations(models, 2):
        if not _told_apart(one, other):
            raise TypeError(
                f"{where}: a key can't tell {one.__name__} from {other.__name__}: give each a "
                'field that names it, `kind: Literal["..."]`'
            )
    held = [part for part in parts if isinstance(part, _Held)]
    if models and any(part.by_name for part in held):
        raise TypeError(f"{where}: a key can't tell {models[0].__name__} from a map")
    if Any in parts or object in parts or any(part.shape == () for part in held):
        return ()
    if len(models) == 1 and not held:
        (model,) = models
        return model
    within = [part.shape if isinstance(part.shape, tuple) else (part.shape,) for part in held]
    return (*models, *(model for shape in within for model in shape if model)) or None


@dataclass(frozen=True, slots=True)
class _Held:
    """A map, or a sequence whose places each have a type: what it holds is looked at alone."""

    by_name: bool
    shape: Shape


def _parts(annotation: Any, where: str) -> list[Any]:
    """The types of which one may stand in a place, or in each place of a sequence."""
    origin, args = get_origin(annotation), get_args(annotation)
    if annotation in (dict, Mapping):
        return [_Held(True, ())]
    if origin is None or origin is Literal:
        return [annotation]
    if origin is Annotated:
        return _parts(args[0], where)
    if origin in (Union, UnionType, list) or (origin is tuple and args[-1:] == (Ellipsis,)):
        return [part for arg in args if arg is not Ellipsis for part in _parts(arg, where)]
    return [_Held(origin is not tuple, _shape(arg, where)) for arg in args]


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _told_apart(one: Model, other: Model) -> bool:
    """Whether no instance of one model has the content of one of the other."""
    mine, theirs = _counting(one), _counting(other)
    if mine.keys() - _names(other) or theirs.keys() - _names(one):
        return True
    both = [(mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]
    return any(a and b and not set(a) & set(b) for a, b in both)


def _counting(model: Model) -> dict[str, tuple[Any, ...]]:
    """The fields that always count, and all that each may hold if that is but a few things."""
    if model is Asset:
        return dict.fromkeys(_ASSET, ())
    fields = model.model_fields.items()
    return {name: _choices(field) for name, field in fields if counts_always(field)}


def _choices(field: FieldInfo) -> tuple[Any, ...]:
    return get_args(field.annotation) if get_origin(field.annotation) is Literal else ()


def _names(model: Model) -> set[str]:
    return set(_ASSET) if model is Asset else set(model.model_fields)
