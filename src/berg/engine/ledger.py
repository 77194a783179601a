"""Ledger: which results are already known, by key. Shared by the rehearsal and the driver."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from berg.engine.tools import tool_version
from berg.schema.asset import Asset
from berg.schema.former import former_key
from berg.schema.handle import Handle, follow
from berg.schema.keys import identity_of, key_of, recipe_of, replace_handles
from berg.schema.step import Out, Step, StepKind
from berg.store import Record, Store
from berg.units import show_rational


class _Lazy(Mapping[str, str]):
    """A mapping whose values are found when asked for."""

    def __init__(self, find: Callable[[str], str]) -> None:
        self._find = find

    def __getitem__(self, name: str) -> str:
        return self._find(name)

    def __iter__(self) -> Any:
        raise TypeError("open-ended")

    def __len__(self) -> int:
        raise TypeError("open-ended")


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """A step's hashes as far as they are known beforehand, and whose results it takes."""

    identity: str
    recipe: str
    needs: tuple[Any, ...]
    """Promises, each once, in order of appearance."""


def _value_of(handle: Handle[Any]) -> Any:
    return follow(handle.promise.out, handle.path)


class Ledger:
    """Computes recipes and keys, and remembers what the store holds under them."""

    def __init__(self, store: Store, *, weight_digest: Callable[[str], str]) -> None:
        self.store = store
        self._weights = _Lazy(weight_digest)
        self._outs: dict[str, Out] = {}

    @cached_property
    def _tools(self) -> Mapping[str, str]:
        return _Lazy(tool_version)

    def trace(self, step: Step[Any]) -> Trace:
        """What can be known of a step before its inputs exist."""
        promises: dict[int, Any] = {}

        def recipe_of_promise(promise: Any) -> str:
            promises[id(promise)] = promise
            recipe: str = promise.recipe
            return recipe

        identity = identity_of(step, tools=self._tools, weights=self._weights)
        recipe = recipe_of(identity, step, recipe_of_promise)
        return Trace(identity=identity, recipe=recipe, needs=tuple(promises.values()))

    def weights_of(self, step: Step[Any]) -> dict[str, str]:
        """The digests of the weights that a step opens, by name."""
        return {name: self._weights[name] for name in step.weights}

    def key(self, trace: Trace, step: Step[Any]) -> str:
        """The hash in which inputs count by content; every promise must have its out."""
        return key_of(trace.identity, step, _value_of)

    def values(self, step: Step[Any]) -> dict[str, Any]:
        """The step's inputs with every handle replaced by its value."""
        values: dict[str, Any] = replace_handles(step.inputs, _value_of)
        return values

    def call(self, step: Step[Any]) -> Any:
        """The step's call, every promise of which must have its out: what predicts, and what
        reckons work and needs, is asked with it."""
        return step.kind.call_of(step.params, self.values(step))

    def find(self, key: str, step: Step[Any]) -> Out | None:
        """The result of a step whose key this is, if it is stored whole; else None."""
        out = self._outs.get(key)
        if out is not None:
            return out
        record = self._whole(key)
        if record is None and self.store.has_former:
            record = self._former(key, step)
        return None if record is None else self.remember(key, read_out(step.kind, record))

    def _whole(self, key: str) -> Record | None:
        record = self.store.get(key)
        if record is not None and not self.store.present(record.assets):
            self.store.forget(key)
            return None
        return record

    def _former(self, key: str, step: Step[Any]) -> Record | None:
        """What an earlier rule kept for this step; from now on it stands under this key too."""
        former = former_key(step, _value_of, tools=self._tools, weights=self._weights)
        if former is None or self._whole(former) is None:
            return None
        self.store.also_under(key, former)
        return self.store.get(key)

    def remember(self, key: str, out: Out) -> Out:
        """Keep a result at hand for the rest of the run."""
        self._outs[key] = out
        return out

    def forget(self, key: str) -> None:
        """A result turned out to be damaged: it must be made again."""
        self._outs.pop(key, None)
        self.store.forget(key)


def read_out(kind: StepKind[..., Any, Any], record: Record) -> Out:
    """A stored record as the kind's own type."""
    out: Out = kind.out.model_validate_json(record.out)
    return out


def assets_in(value: Any) -> list[Asset]:
    """Every asset in a tree of values."""
    if isinstance(value, Asset):
        return [value]
    if isinstance(value, BaseModel):
        return [a for name in type(value).model_fields for a in assets_in(getattr(value, name))]
    if isinstance(value, list | tuple):
        return [asset for item in value for asset in assets_in(item)]
    if isinstance(value, Mapping):
        return [asset for item in value.values() for asset in assets_in(item)]
    return []


def plain(value: Any) -> Any:
    """A tree of values as JSON data that a worker can read back."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Fraction):
        return show_rational(value)
    return value


def to_json(out: Out) -> str:
    """An out as canonical JSON text, for the index."""
    return json.dumps(out.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))
