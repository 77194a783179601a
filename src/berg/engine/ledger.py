"""Ledger: which results are already known, by key. Shared by the rehearsal and the driver."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from berg.engine.batch import Batch
from berg.engine.tools import tool_version
from berg.engine.values import read_out
from berg.schema.former import former_key
from berg.schema.handle import Handle, follow
from berg.schema.keys import identity_of, key_of, recipe_of, replace_handles
from berg.schema.step import Out, Step
from berg.store import Record
from berg.store.interface import Claim, Claims, Index, Objects


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


class Shelves(Protocol):
    """What an engine knows of a store."""

    @property
    def objects(self) -> Objects:
        """Bytes by digest."""
        ...

    @property
    def index(self) -> Index:
        """Results by key."""
        ...

    @property
    def claims(self) -> Claims:
        """Who makes what."""
        ...


Asked = tuple[str, Step[Any]]
"""A key, and the step that it is of."""


class Ledger:
    """Computes recipes and keys, and remembers what the store holds under them.

    Its coroutines are for a driver on an event loop, which they never keep: what many steps ask
    goes to the store together. `look` blocks, and is for a rehearsal.
    """

    def __init__(
        self,
        store: Shelves,
        *,
        weight_digest: Callable[[str], str],
        run: str | None = None,
    ) -> None:
        """What is found counts as needed by `run`; without one, by every live run here."""
        self.store = store
        self._run = run
        self._weights = _Lazy(weight_digest)
        self._outs: dict[str, Out] = {}
        self._absent: set[str] = set()
        """Keys that a rehearsal found nothing under."""
        self._maybe_former = True
        self._finding = Batch(self._find_many)
        self._keeping = Batch(self._keep_many)
        self._claiming = Batch(store.claims.take, unwanted=_release)

    def anew(self) -> "Ledger":
        """One for the same run that remembers nothing yet."""
        return Ledger(self.store, weight_digest=self._weights.__getitem__, run=self._run)

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

    def known(self, key: str) -> Out | None:
        """A result at hand, without asking the store."""
        return self._outs.get(key)

    def seems_absent(self, key: str) -> bool:
        """Whether a rehearsal found nothing: it may have been made since, but that is rare."""
        return key in self._absent

    async def find(self, key: str, step: Step[Any]) -> Out | None:
        """The result of a step whose key this is, if it is stored whole; else None."""
        known = self._outs.get(key)
        return known if known is not None else await self._finding.ask((key, step))

    def look(self, asked: Sequence[Asked]) -> list[Out | None]:
        """As `find`, of many and blocking; changes nothing in the store."""
        records = self._whole(self._look([key for key, step in asked if key not in self._outs]))
        outs = [self._read(key, step, records) for key, step in asked]
        absent = [pair for pair, out in zip(asked, outs, strict=True) if out is None]
        self._absent.update(key for key, _ in absent)
        if absent and self._knows_former():
            former = self._former_of(absent)
            records = self._whole(self._look(list(former.values())))
            for at, (key, step) in enumerate(asked):
                if outs[at] is None and (record := records.get(former.get(key, ""))) is not None:
                    outs[at] = read_out(step.kind, record)
                    self._absent.discard(key)
        return outs

    async def keep(self, record: Record, *, run: str) -> Record:
        """Commit a result; gives what is stored, which is the first one if there was one."""
        return await self._keeping.ask((record, run))

    async def claim(self, key: str) -> Claim | None:
        """The exclusive right to make a result, None while somebody has it."""
        return await self._claiming.ask(key)

    def _knows_former(self) -> bool:
        """Blocks; once there are none, there will be none."""
        if self._maybe_former:
            self._maybe_former = self.store.index.has_former()
        return self._maybe_former

    def _look(self, keys: Sequence[str]) -> Mapping[str, Record]:
        return self.store.index.look(keys, run=self._run) if keys else {}

    def _whole(self, records: Mapping[str, Record]) -> dict[str, Record]:
        """Those of the records whose objects are there. Blocks."""
        sizes = {name: size for r in records.values() for name, size in r.expected().items()}
        missing = self.store.objects.missing(sizes) if sizes else set()
        return {key: r for key, r in records.items() if not missing.intersection(r.assets)}

    def _read(self, key: str, step: Step[Any], records: Mapping[str, Record]) -> Out | None:
        record, known = records.get(key), self._outs.get(key)
        if record is None or known is not None:
            return known
        return self.remember(key, read_out(step.kind, record))

    def _former_of(self, asked: Sequence[Asked]) -> dict[str, str]:
        """By key, the key that an earlier rule gave the same step."""
        found = {}
        for key, step in asked:
            former = former_key(step, _value_of, tools=self._tools, weights=self._weights)
            if former is not None:
                found[key] = former
        return found

    async def _find_many(self, asked: Sequence[Asked]) -> list[Out | None]:
        records = await self._get([key for key, _ in asked])
        absent = [(key, step) for key, step in asked if key not in records]
        if absent and self._maybe_former and await asyncio.to_thread(self._knows_former):
            records |= await self._from_former(self._former_of(absent))
        return [self._read(key, step, records) for key, step in asked]

    async def _get(self, keys: Sequence[str]) -> dict[str, Record]:
        """The results there are, whole; what is not is forgotten, and will be made again."""
        found = await self.store.index.get(keys, run=self._run)
        if not any(record.assets for record in found.values()):
            return found
        whole = await asyncio.to_thread(self._whole, found)
        broken = [key for key in found if key not in whole]
        if broken:
            await self.store.index.forget(broken)
        return whole

    async def _from_former(self, former: Mapping[str, str]) -> dict[str, Record]:
        """What an earlier rule kept for steps; from now on it stands under their keys too."""
        whole = await self._get(list(former.values()))
        wanted = {key: old for key, old in former.items() if old in whole}
        if not wanted:
            return {}
        await self.store.index.also_under(wanted)
        return await self.store.index.get(list(wanted), run=self._run)

    async def _keep_many(self, kept: Sequence[tuple[Record, str]]) -> list[Record]:
        stored: dict[str, Record] = {}
        for run in {run for _, run in kept}:
            records = [record for record, by in kept if by == run]
            answers = await self.store.index.commit(records, run=run)
            stored.update((record.key, record) for record in answers)
        return [stored[record.key] for record, _ in kept]

    def remember(self, key: str, out: Out) -> Out:
        """Keep a result at hand for the rest of the run."""
        self._outs[key] = out
        return out

    async def forget(self, key: str) -> None:
        """A result turned out to be damaged: it must be made again."""
        self._outs.pop(key, None)
        await self.store.index.forget([key])


def _release(claim: Claim | None) -> None:
    if claim is not None:
        claim.release()
