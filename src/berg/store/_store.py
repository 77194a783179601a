"""Store: one home, opened. Everything that other rooms may ask of it, in one place.

Several processes and threads may use one home at once; each process opens its own `Store` (it is
not to be carried across a fork). Workers put objects; only the driver commits results.
"""

import os
import weakref
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from berg.errors import CorruptObject
from berg.schema.asset import Asset
from berg.store.claims import FileClaim, Lease, try_claim, try_lease
from berg.store.database import Database
from berg.store.effects import LocalEffects
from berg.store.externals import Externals
from berg.store.gc import GcReport, collect
from berg.store.journal import RunJournal
from berg.store.local import LocalClaims, LocalIndex
from berg.store.local_objects import LocalObjects
from berg.store.lock_pool import LockPool
from berg.store.locks import Gate
from berg.store.presence import Presence
from berg.store.record import Record, RunInfo, Timing
from berg.store.results import Results
from berg.store.runs import RunHandle, Runs
from berg.store.store_thread import StoreThread


class Store:
    """Assets by digest, results by key, claims, leases and runs under one home.

    `objects`, `index`, `claims` and `effects` keep the contracts of `interface`; an engine knows
    no more than these. The methods are for commands and threads: all of them block.
    """

    def __init__(self, home: Path) -> None:
        """Open or create. Raises StoreError: read-only, full, not permitted, too new."""
        self._presence = Presence(home)
        self._layout = layout = self._presence.layout
        self.home = layout.home
        try:
            self._db = Database(layout.index, door=layout.locks / "index")
        except BaseException:
            self._presence.close()
            raise
        self._pool = LockPool(layout.pool, owner=self._presence.lock.name)
        self._gate = Gate(layout.locks)
        self._thread = thread = StoreThread()
        self._close = weakref.finalize(
            self, _close, thread, self._db, self._pool, self._presence, pid=os.getpid()
        )
        self.objects = LocalObjects(self._presence, Externals(self._db))
        self.effects = LocalEffects(self._db)
        self._results = Results(self._db, self.objects.size)
        journal = RunJournal(layout, self._db, self._gate)
        self._runs = Runs(layout, self._db, journal)
        self.index = LocalIndex(thread, self._results, journal, self._runs)
        self.claims = LocalClaims(thread, layout, self._pool)

    def close(self) -> None:
        """Close files and locks; a store that is dropped, or a process that ends, does so too."""
        self._thread.close()
        self._thread.join()
        self._close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Objects

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes; nobody sees half of them. Raises StoreError."""
        return self.objects.put_bytes(data, media_type)

    def put_file(self, path: Path, media_type: str) -> Asset:
        """Store a finished file by moving it away from `path`. Raises StoreError."""
        return self.objects.put_file(path, media_type)

    def adopt(self, path: Path, media_type: str | None = None) -> Asset:
        """Know a user's file by content; it stays where it is.

        Without `media_type` its name decides. Raises RequestError if it can't be read, StoreError.
        """
        return self.objects.adopt(path, media_type)

    def path(self, asset: Asset | str) -> Path:
        """Where the bytes of an asset (or digest) can be read; checked. Never write there.

        Raises CorruptObject if they are missing or damaged (damaged ones are set aside, and the
        results that have them forgotten), StoreError if a user's file has changed.
        """
        try:
            return self.objects.path(asset)
        except CorruptObject:
            self._results.forget_asset(asset if isinstance(asset, str) else asset.sha256)
            raise

    def present(self, assets: Iterable[Asset | str]) -> bool:
        """Whether all are there, with the right size as far as it is known. Hashes nothing."""
        sizes = {
            asset if isinstance(asset, str) else asset.sha256: self._results.size(asset)
            if isinstance(asset, str)
            else asset.size
            for asset in assets
        }
        return not self.objects.missing(sizes)

    def scratch(self) -> Path:
        """A new empty folder; the caller removes it, and `gc` does if the caller dies first."""
        return self._presence.scratch()

    # Results

    def get(self, key: str) -> Record | None:
        """The result under a key; live runs of this process count as using it."""
        return self.index.look([key]).get(key)

    def commit(self, record: Record, *, run: str | None) -> Record:
        """Keep a result unless its key has one; gives what is stored. Raises StoreError."""
        (stored,) = self._results.commit([record], run=run)
        return stored

    @cached_property
    def has_former(self) -> bool:
        """Whether results were here under keys of an earlier rule when this was first asked."""
        return self._results.has_former()

    def also_under(self, key: str, former: str) -> None:
        """Keep the result under `former` under `key` too; whoever had it first keeps it as well.

        Raises StoreError.
        """
        self._results.also_under({key: former})

    def forget(self, key: str) -> None:
        """Drop the result under a key, so that it is made again."""
        self._results.forget([key])

    def makers(self, digest: str) -> list[Record]:
        """At most 20 results that hold an asset whose digest begins so."""
        return self._results.makers(digest)

    def receipts(self, capability: str, limit: int) -> list[Timing]:
        """(amount, wall_s, receipt JSON) of steps of a capability, newest first."""
        return self._results.timings(capability, limit=limit)

    # Sharing the machine

    def claim(self, key: str) -> FileClaim | None:
        """The exclusive right to make a result; None while somebody has it. Never waits."""
        return try_claim(self._layout, self._pool, key)

    def lease(self, resource: str, units: int, capacity: int) -> Lease | None:
        """Units of what all processes on this home share; None if too few are free. Never waits.

        More than `capacity` counts as all of it.
        """
        return try_lease(self._layout, self._pool, resource, units=units, capacity=capacity)

    # Runs and deliveries

    def begin_run(self, run: str, info: dict[str, Any]) -> RunHandle:
        """Begin a run; `info` is plain data for `berg show`. Raises StoreError."""
        return self._runs.begin(run, info)

    def runs(self) -> list[RunInfo]:
        """Known runs, newest first, without their steps."""
        return self._runs.all()

    def run(self, run: str) -> RunInfo | None:
        """One run with its steps."""
        return self._runs.one(run)

    def delivered(
        self,
        folder: str,
        run: str,
        *,
        keys: Iterable[str] | None = None,
        assets: Iterable[Asset | str] = (),
    ) -> None:
        """Say what a folder's delivery needs, in place of the delivery before.

        Without `keys`: all results that the run used. `gc` keeps them while the folder exists.
        """
        names = [asset if isinstance(asset, str) else asset.sha256 for asset in assets]
        self._runs.delivered(folder, run, keys, names)

    def delivered_each(self, run: str, needs: Mapping[str, Iterable[str]]) -> None:
        """Say what each of many delivered files needs, in place of what it needed before.

        `gc` keeps a file's results while it is there. Raises StoreError.
        """
        self._runs.delivered_each(run, needs)

    def also_needs(self, folder: str, run: str, keys: Iterable[str]) -> None:
        """Add results to what a folder's delivery needs. Raises StoreError."""
        self._runs.also_needs(folder, run, keys)

    def gc(self, *, keep: int = 1, dry_run: bool = False) -> GcReport:
        """Free what no delivery and no live run needs; the latest `keep` runs keep theirs too."""
        return collect(
            self._layout,
            self._db,
            self._gate,
            me=self._presence.lock,
            keep=keep,
            dry_run=dry_run,
        )


def _close(
    thread: StoreThread, db: Database, pool: LockPool, presence: Presence, *, pid: int
) -> None:
    if pid == os.getpid():  # a forked child must leave its parent's files alone
        thread.close()
        db.close()
        pool.close()
        presence.close()
