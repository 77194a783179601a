"""Recipe and key: the two hashes of a step. Pure; golden values are pinned in tests.

A *recipe* is known beforehand: it counts an input that another step will give by that step's
recipe. A *key* is known once the inputs exist: it counts them by content, so that a step whose
inputs turn out the same is not run again. Why two: see docs/decisions/0010-keys.md.

This is the spine's innermost loop: one pass over the inputs for each hash.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from berg.digest import digest_of_sorted
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.step import Step
from berg.units import show_rational

Plain = Any
"""JSON-able data: dicts, lists, text, integers, booleans, None."""
OnHandle = Callable[[Handle[Any]], Plain]

_SCALARS = frozenset({str, int, bool, float, type(None)})


def content_of(value: Any, on_handle: OnHandle | None = None) -> Plain:
    """A value as plain data in which an asset counts by its bytes and media type alone.

    `on_handle` says what stands for a handle; without it there must be none.
    """
    cls = type(value)
    if cls in _SCALARS:
        return value
    if cls is list or cls is tuple:
        return [content_of(item, on_handle) for item in value]
    if cls is dict:
        return {key: content_of(value[key], on_handle) for key in sorted(value)}
    if cls is Handle and on_handle is not None:
        return on_handle(value)
    if cls is Asset:
        return {"asset": value.sha256, "media_type": value.media_type}
    if cls is Fraction:
        return show_rational(value)
    if isinstance(value, BaseModel):
        return {name: content_of(getattr(value, name), on_handle) for name in _fields(cls)}
    raise TypeError(f"{cls.__name__} can't be part of a key")


_FIELDS: dict[type[BaseModel], tuple[str, ...]] = {}
"""Names of a model's fields, sorted; by class, since asking each time costs more than hashing."""


def _fields(cls: type[BaseModel]) -> tuple[str, ...]:
    fields = _FIELDS.get(cls)
    if fields is None:
        fields = _FIELDS[cls] = tuple(sorted(cls.model_fields))
    return fields


def replace_handles(value: Any, give: Callable[[Handle[Any]], Any]) -> Any:
    """The same tree with every handle replaced by what `give` returns for it."""
    if isinstance(value, Handle):
        return give(value)
    if isinstance(value, list | tuple):
        return [replace_handles(item, give) for item in value]
    if isinstance(value, dict):
        return {key: replace_handles(item, give) for key, item in value.items()}
    return value


def identity_of(step: Step[Any], *, tools: Mapping[str, str], weights: Mapping[str, str]) -> str:
    """Digest of what recipe and key have in common: everything but the inputs.

    `tools` gives the version of each tool, `weights` the digest of each catalogue name.
    """
    kind = step.kind
    return digest_of_sorted(
        "identity",
        {
            "capability": kind.capability,
            "params": content_of(step.params),
            "seed": step.seed,
            "tools": {name: tools[name] for name in sorted(kind.tools)},
            "version": kind.version,
            "weights": {name: weights[name] for name in sorted(step.weights)},
        },
    )


def recipe_of(
    identity: str, inputs: Mapping[str, Any], recipe_of_promise: Callable[[Any], str]
) -> str:
    """The hash over what can be known beforehand; an input to come counts by its recipe."""

    def stand_in(handle: Handle[Any]) -> Plain:
        return {"path": handle.path, "recipe": recipe_of_promise(handle.promise)}

    return digest_of_sorted("recipe", [identity, content_of(inputs, stand_in)])


def key_of(identity: str, inputs: Mapping[str, Any], value_of: Callable[[Handle[Any]], Any]) -> str:
    """The hash in which inputs, all of them existing now, count by content."""

    def content(handle: Handle[Any]) -> Plain:
        return content_of(value_of(handle))

    return digest_of_sorted("key", [identity, content_of(inputs, content)])
