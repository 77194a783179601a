"""The index and the claims of one home, for a driver on an event loop.

SQLite and `flock` block. All that is asked here is done in one thread, in the order in which it
was asked, so that the loop goes on meanwhile. Who asks for many at once pays once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from berg.errors import StoreError
from berg.store import claims
from berg.store.journal import RunJournal
from berg.store.layout import HomeLayout
from berg.store.lock_pool import LockPool
from berg.store.record import Record, RunInfo, Timing
from berg.store.results import Results
from berg.store.runs import RunHandle, Runs
from berg.store.store_thread import StoreThread


class LocalIndex:
    """Keeps the contract of `interface.Index` with the SQLite file of a home."""

    def __init__(
        self, thread: StoreThread, results: Results, journal: RunJournal, runs: Runs
    ) -> None:
        self._thread = thread
        self._results = results
        self._journal = journal
        self._runs = runs

    async def get(self, keys: Sequence[str], *, run: str | None = None) -> dict[str, Record]:
        """The results there are under keys; they count as needed by `run`, or by all live runs."""
        return await self._thread.do(self.look, keys, run=run)

    def look(self, keys: Sequence[str], *, run: str | None = None) -> dict[str, Record]:
        """As `get`, blocking."""
        return dict(self._journal.look(lambda: self._results.get(keys), run=run))

    async def commit(self, records: Sequence[Record], *, run: str | None) -> list[Record]:
        """Keep results, all or none; the first under a key stays unless its objects are gone."""
        return await self._thread.do(self._results.commit, records, run=run)

    def has_former(self) -> bool:
        """Whether there are results under keys of an earlier rule; blocking."""
        return self._results.has_former()

    async def also_under(self, former: Mapping[str, str]) -> None:
        """Keep results under these keys too, each as it is under the key that it leads to."""
        await self._thread.do(self._results.also_under, former)

    async def forget(self, keys: Sequence[str]) -> None:
        """Drop results, so that they are made again."""
        await self._thread.do(self._results.forget, keys)

    async def forget_asset(self, sha256: str) -> None:
        """Drop every result that has this asset."""
        await self._thread.do(self._results.forget_asset, sha256)

    async def makers(self, prefix: str) -> list[Record]:
        """At most 20 results that have an asset whose digest begins so."""
        return await self._thread.do(self._results.makers, prefix)

    async def timings(self, capability: str, limit: int) -> list[Timing]:
        """What steps of a capability took, newest first."""
        return await self._thread.do(self._results.timings, capability, limit=limit)

    async def begin_run(self, run: str, info: dict[str, Any]) -> RunHandle:
        """Begin a run. Raises StoreError also when one of this name is live."""
        return await self._thread.do(self._runs.begin, run, info)

    async def runs(self) -> list[RunInfo]:
        """Known runs, newest first, without their steps."""
        return await self._thread.do(self._runs.all)

    async def run(self, run: str) -> RunInfo | None:
        """One run with its steps."""
        return await self._thread.do(self._runs.one, run)

    async def delivered(self, run: str, needs: Mapping[str, Iterable[str]]) -> None:
        """Say which results each place needs, instead of what it needed before."""
        await self._thread.do(self._runs.delivered_each, run, needs)


class LocalClaim:
    """A claim that is given back in the store's thread."""

    __slots__ = ("_held", "_thread", "key")

    def __init__(self, held: claims.FileClaim, thread: StoreThread) -> None:
        self.key = held.key
        self._held = held
        self._thread = thread

    def release(self) -> None:
        """Give it back, soon; whoever asks this process for it next finds it free."""
        self._thread.later(self._held.release)


class LocalClaims:
    """Keeps the contract of `interface.Claims` with `flock`s on a home."""

    def __init__(self, thread: StoreThread, layout: HomeLayout, pool: LockPool) -> None:
        self._thread = thread
        self._layout = layout
        self._pool = pool

    async def take(self, keys: Sequence[str]) -> list[LocalClaim | None]:
        """A claim on each key, None where somebody has it."""
        return await self._thread.do(self._take, keys)

    def _take(self, keys: Sequence[str]) -> list[LocalClaim | None]:
        taken: list[LocalClaim | None] = []
        try:
            for key in keys:
                held = claims.try_claim(self._layout, self._pool, key)
                taken.append(LocalClaim(held, self._thread) if held is not None else None)
        except StoreError:
            for claim in taken:
                if claim is not None:
                    claim.release()
            raise
        return taken
