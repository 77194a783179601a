"""What of a value counts in a key: plain data, without the fields that equal their default.

So a model may gain a field without changing the key of anything that doesn't use it. Two things
follow, and tests hold them: a default that changes is a change of output, and raises the kind's
version; and where a field may hold one of several models, what counts must tell them apart.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_json

from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.shapes import Shape, counts_always, shape_of
from berg.units import show_rational

Plain = Any
"""JSON-able data: dicts, lists, text, integers, booleans, None."""
OnHandle = Callable[[Handle[Any], Shape], Plain]

_SCALARS = frozenset({str, int, bool, float, type(None)})
ALWAYS = object()
"""In place of a default: the field counts whatever it holds."""


def content_of(value: Any, on_handle: OnHandle | None = None, shape: Shape = None) -> Plain:
    """A value as plain data in which an asset counts by its bytes and media type alone.

    `on_handle` says what stands for a handle; without it there must be none. `shape` is what was
    declared where the value stands, if that is one model.
    Raises TypeError: something in it is no data, or could be taken for something else.
    """
    cls = type(value)
    if cls in _SCALARS:
        return value
    if cls is list or cls is tuple:
        return [content_of(item, on_handle, shape) for item in value]
    if cls is Handle and on_handle is not None:
        return on_handle(value, shape)
    if cls is dict:
        if isinstance(shape, type):
            return content_of_fields(value, shape, on_handle)
        return {key: content_of(value[key], on_handle, shape) for key in sorted(value)}
    if cls is Asset:
        return {"asset": value.sha256, "media_type": value.media_type}
    if cls is Fraction:
        return show_rational(value)
    if isinstance(value, BaseModel):
        return _content_of_model(value, cls, shape)
    if isinstance(value, tuple):  # a named one
        return [content_of(item, on_handle, shape) for item in value]
    raise TypeError(f"{cls.__name__} can't be part of a key")


def content_of_fields(
    values: Mapping[str, Any], model: type[BaseModel], on_handle: OnHandle | None
) -> Plain:
    """As `content_of`, of a map that holds (some of) a model's fields."""
    declared = _declared(model)
    found = {}
    for name in sorted(values):
        default, shape = declared.get(name, (ALWAYS, None))
        content = content_of(values[name], on_handle, shape)
        if content != default or not _is_same(content, default):
            found[name] = content
    return found


def _content_of_model(value: BaseModel, cls: type[BaseModel], shape: Shape) -> Plain:
    if shape is not None and shape is not cls:
        if isinstance(shape, type):  # it will be read as what was declared, defaults and all
            fields = {name: getattr(value, name) for name in cls.model_fields}
            return content_of_fields(fields, shape, None)
        if cls not in shape:
            raise TypeError(f"{cls.__name__} can't be part of a key where it isn't declared")
    found = {}
    for name, (default, inner) in _declared(cls).items():
        item = getattr(value, name)
        content = item if type(item) in _SCALARS else content_of(item, None, inner)
        if content != default or not _is_same(content, default):
            found[name] = content
    return found


def _is_same(content: Plain, default: Plain) -> bool:
    """Whether what compares as equal is the same data: 1 is not True."""
    if type(content) is not type(default):
        return False
    if not isinstance(content, list | dict) or not content:
        return True
    return to_json(content) == to_json(default)


_Declared = dict[str, tuple[Any, Shape]]
_DECLARED: dict[type[BaseModel], _Declared] = {}
"""By model, sorted by field: the default's content and the shape. Finding out costs more than
hashing, so it is done once."""


def _declared(model: type[BaseModel]) -> _Declared:
    found = _DECLARED.get(model)
    if found is None:
        fields = sorted(model.model_fields.items())
        found = {name: (default_of(field), shape_of(model, name)) for name, field in fields}
        _DECLARED[model] = found
    return found


def default_of(field: FieldInfo) -> Plain:
    """What a field holds if nothing is said, as content; `ALWAYS` if it counts in any case."""
    if counts_always(field):
        return ALWAYS
    return content_of(field.get_default(call_default_factory=True))
