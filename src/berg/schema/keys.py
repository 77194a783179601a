"""Recipe and key: the two hashes of a step. Pure; golden values are pinned in tests.

A *recipe* is known beforehand: it counts an input that another step will give by that step's
recipe. A *key* is known once the inputs exist: it counts them by content, so that a step whose
inputs turn out the same is not run again. Why two: see docs/decisions/0010-keys.md.

A field that equals its default doesn't count (`berg.schema.fields`), so that a step, a brief or a
model can grow without anything being made again. Results of older rules: `berg.schema.former`.

This is the spine's innermost loop: one pass over the inputs for each hash.
"""

from collections.abc import Callable, Mapping
from typing import Any

from berg.digest import digest_of_sorted
from berg.schema.fields import OnHandle, Plain, content_of, content_of_fields
from berg.schema.handle import Handle
from berg.schema.shapes import Shape
from berg.schema.step import Step

__all__ = ["RULE", "content_of", "identity_of", "key_of", "recipe_of", "replace_handles"]

RULE = 2
"""How keys are made; part of each hashed record. 1: every field counted, default or not."""

_IDENTITY, _RECIPE, _KEY = (f"{record}/{RULE}" for record in ("identity", "recipe", "key"))


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
        _IDENTITY,
        {
            "capability": kind.capability,
            "params": content_of(step.params),
            "seed": step.seed,
            "tools": {name: tools[name] for name in sorted(kind.tools)},
            "version": kind.version,
            "weights": {name: weights[name] for name in sorted(step.weights)},
        },
    )


def recipe_of(identity: str, step: Step[Any], recipe_of_promise: Callable[[Any], str]) -> str:
    """The hash over what can be known beforehand; an input to come counts by its recipe."""

    def stand_in(handle: Handle[Any], shape: Shape) -> Plain:
        return {"path": handle.path, "recipe": recipe_of_promise(handle.promise)}

    return _digest(_RECIPE, identity, step, stand_in)


def key_of(identity: str, step: Step[Any], value_of: Callable[[Handle[Any]], Any]) -> str:
    """The hash in which inputs, all of them existing now, count by content."""

    def content(handle: Handle[Any], shape: Shape) -> Plain:
        return content_of(value_of(handle), None, shape)

    return _digest(_KEY, identity, step, content)


def _digest(record: str, identity: str, step: Step[Any], on_handle: OnHandle) -> str:
    inputs = content_of_fields(step.inputs, step.kind.inputs, on_handle)
    return digest_of_sorted(record, [identity, inputs])
