"""What a store is to all who use it: four protocols, so that it can leave this machine.

`Objects` and `Effects` block: they are for worker processes and for threads that deliver.
`Index` and `Claims` are asked by a driver on an event loop, and are awaited: nothing in them may
keep the loop. Each has a conformance suite in `tests/store/` that every implementation passes;
the local ones are `LocalObjects`, `LocalIndex`, `LocalClaims` and `LocalEffects`.

Not here: slots and memory of one machine (`claims.try_lease`), which no other machine shares.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from berg.schema.asset import Asset
from berg.store.record import Record, RunInfo, Timing


@dataclass(frozen=True, kw_only=True, slots=True)
class Loan:
    """A user's file that stays where it is, as a worker is told of it."""

    path: str
    size: int
    """Bytes, when it was hashed; a file that differs in this or in its times is hashed again."""
    mtime_ns: int
    ctime_ns: int
    hashed_ns: int
    """When it was hashed; nanoseconds since 1970, as the times."""


class Objects(Protocol):
    """Bytes by their SHA-256. Blocking; for several processes and threads at once.

    An object never changes and is seen whole or not at all. To put what is there is to do nothing:
    a store that can only create (`If-None-Match: *`) keeps this contract by taking "it exists" for
    success. `path` gives a real file, since codecs open files: a store elsewhere copies it here
    first.
    """

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes. Raises StoreError."""
        ...

    def put_file(self, path: Path, media_type: str) -> Asset:
        """Store a finished file, which is gone from `path` afterwards. Raises StoreError."""
        ...

    def path(self, asset: Asset | str) -> Path:
        """Where the bytes can be read; checked when they are first read. Never write there.

        Raises:
            CorruptObject: missing, or damaged and set aside; `where` is the digest.
            StoreError: a user's file has changed.
        """
        ...

    def missing(self, sizes: Mapping[str, int | None]) -> set[str]:
        """Those of the digests that aren't there with so many bytes (None: any). Hashes nothing."""
        ...

    def adopt(self, path: Path, media_type: str | None = None) -> Asset:
        """Know a user's file by content. Raises RequestError if it can't be read, StoreError."""
        ...

    def lend(self, digests: Iterable[str]) -> dict[str, Loan]:
        """Those of the digests that are nowhere but in users' files, for a worker to `borrow`.

        Looks at no file: whoever reads one finds out whether it has changed. Empty where `adopt`
        copies.
        """
        ...

    def borrow(self, loans: Mapping[str, Loan]) -> None:
        """Know these users' files, and no others, from now on."""
        ...

    def scratch(self) -> Path:
        """A new empty folder, where `put_file` is cheapest; the caller removes it."""
        ...


class LiveRun(Protocol):
    """A run under way, live until it is ended or its process dies."""

    @property
    def run(self) -> str:
        """Its name."""
        ...

    def note(self, name: str, key: str | None, state: str) -> None:
        """A step is in a state now; the last state stays. Waits for nothing: it is written a
        moment later. Raises StoreError if earlier ones couldn't be written."""
        ...

    def finish(self, summary: dict[str, Any]) -> None:
        """Say how it ended, and end it; blocks until that is written. Raises StoreError."""
        ...

    def close(self) -> None:
        """End it without a summary; does nothing if it has ended. Raises StoreError."""
        ...


class Index(Protocol):
    """Results by key, and what runs and deliveries need of them. All raise StoreError."""

    async def get(self, keys: Sequence[str], *, run: str | None = None) -> dict[str, Record]:
        """The results there are under keys. They count as needed by `run`, and without one by
        every live run of this process, so that no collection takes them."""
        ...

    def look(self, keys: Sequence[str], *, run: str | None = None) -> dict[str, Record]:
        """As `get`, blocking: for a thread."""
        ...

    async def commit(self, records: Sequence[Record], *, run: str | None) -> list[Record]:
        """Keep results, all or none; gives what is stored under each key afterwards.

        The first result under a key stays. What a commit told of is there after a kill.
        """
        ...

    def has_former(self) -> bool:
        """Whether there are results under keys of an earlier rule (`berg.schema.former`).
        Blocking."""
        ...

    async def also_under(self, former: Mapping[str, str]) -> None:
        """Keep results under these keys too, each as it is under the key that it leads to.

        Nothing happens to a key that has a result, or whose former one has none.
        """
        ...

    async def forget(self, keys: Sequence[str]) -> None:
        """Drop results, so that they are made again."""
        ...

    async def forget_asset(self, sha256: str) -> None:
        """Drop every result that has this asset: its bytes are gone."""
        ...

    async def makers(self, prefix: str) -> list[Record]:
        """At most 20 results that have an asset whose digest begins so."""
        ...

    async def timings(self, capability: str, limit: int) -> list[Timing]:
        """What steps of a capability took, newest first."""
        ...

    async def begin_run(self, run: str, info: dict[str, Any]) -> LiveRun:
        """Begin a run. Raises StoreError also when one of this name is live."""
        ...

    async def runs(self) -> list[RunInfo]:
        """Known runs, newest first, without their steps."""
        ...

    async def run(self, run: str) -> RunInfo | None:
        """One run with its steps."""
        ...

    async def delivered(self, run: str, needs: Mapping[str, Iterable[str]]) -> None:
        """Say which results each place needs, instead of what it needed before."""
        ...


class Claim(Protocol):
    """The exclusive right to make one result; lost when its holder dies."""

    @property
    def key(self) -> str:
        """The key it is for."""
        ...

    def release(self) -> None:
        """Give it back, soon and without waiting; a second call does nothing."""
        ...


class Claims(Protocol):
    """Who makes what, over all runs that share an index."""

    async def take(self, keys: Sequence[str]) -> Sequence[Claim | None]:
        """A claim on each key, None where somebody has it. Never waits for a holder."""
        ...


class Effects(Protocol):
    """What was done to the world beyond the store, so that it is not done twice. Blocking."""

    def get(self, key: str) -> str | None:
        """What came of an effect (JSON), None if it was not done. Raises StoreError."""
        ...

    def keep(self, key: str, record: str) -> None:
        """Say that an effect was done; a later record takes the earlier one's place."""
        ...
