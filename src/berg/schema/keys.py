"""Recipe and key: the two hashes of a step. Pure; golden values are pinned in tests.

A *recipe* is known beforehand: it counts an input that another step will give by that step's
recipe. A *key* is known once the inputs exist: it counts them by content, so that a step whose
inputs turn out the same is not run again. Why two: see docs/decisions/keys.md.
"""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from berg.digest import digest_of
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.step import Step

Plain = Any
"""JSON-able data: dicts, lists, text, integers, booleans, None."""


def content_of(value: Any) -> Plain:
    """A value as plain data in which an asset counts by its bytes and media type alone."""
    if isinstance(value, Asset):
        return {"asset": value.sha256, "media_type": value.media_type}
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        if any(_holds_models(getattr(value, name)) for name in fields):
            return {name: content_of(getattr(value, name)) for name in fields}
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [content_of(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): content_of(item) for key, item in value.items()}
    return value


def _holds_models(value: Any) -> bool:
    return isinstance(value, BaseModel | list | tuple | Mapping)


def handles_in(value: Any) -> list[Handle[Any]]:
    """Every handle in a tree of inputs, in order of appearance."""
    found: list[Handle[Any]] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[Handle[Any]]) -> None:
    if isinstance(value, Handle):
        found.append(value)
    elif isinstance(value, list | tuple):
        for item in value:
            _collect(item, found)
    elif isinstance(value, Mapping):
        for item in value.values():
            _collect(item, found)


def replace_handles(value: Any, give: Callable[[Handle[Any]], Any]) -> Any:
    """The same tree with every handle replaced by what `give` returns for it."""
    if isinstance(value, Handle):
        return give(value)
    if isinstance(value, list | tuple):
        return [replace_handles(item, give) for item in value]
    if isinstance(value, Mapping):
        return {key: replace_handles(item, give) for key, item in value.items()}
    return value


def identity_of(
    step: Step[Any], *, tools: Mapping[str, str], weights: Mapping[str, str]
) -> dict[str, Plain]:
    """What recipe and key have in common: everything but the inputs.

    `tools` gives the version of each tool, `weights` the digest of each catalogue name.
    """
    kind = step.kind
    return {
        "capability": kind.capability,
        "version": kind.version,
        "params": step.params.model_dump(mode="json"),
        "seed": step.seed,
        "tools": {name: tools[name] for name in kind.tools},
        "weights": {name: weights[name] for name in step.weights},
    }


def recipe_of(
    step: Step[Any], identity: Mapping[str, Plain], *, recipe_of_handle: Callable[[Any], str]
) -> str:
    """The hash over what can be known beforehand. `recipe_of_handle` maps a promise to its recipe."""
    inputs = replace_handles(
        step.inputs,
        lambda h: {"recipe": recipe_of_handle(h.promise), "path": list(h.path)},
    )
    return digest_of("recipe", {**identity, "inputs": content_of(inputs)})


def key_of(identity: Mapping[str, Plain], inputs: Any) -> str:
    """The hash in which inputs (all of them values now) count by content."""
    return digest_of("key", {**identity, "inputs": content_of(inputs)})
