"""Store: one home, opened. Everything that other rooms may ask of it, in one place.

Several processes and threads may use one home at once; each process opens its own `Store` (it is
not to be carried across a fork). Workers put objects; only the driver commits results.
"""

import itertools
import os
import secrets
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from berg.errors import CorruptObject
from berg.schema.asset import Asset
from berg.store._disk import disk
from berg.store.claims import Claim, Lease, try_claim, try_lease
from berg.store.effects import Effects
from berg.store.externals import Externals, media_type_of
from berg.store.gc import GcReport, collect
from berg.store.index import Index
from berg.store.journal import Journal
from berg.store.layout import Layout
from berg.store.lock_pool import LockPool
from berg.store.locks import Gate, LockFile, try_lock
from berg.store.objects import Objects
from berg.store.record import Record
from berg.store.results import Results, Timing
from berg.store.runs import RunHandle, RunInfo, Runs
from berg.store.sweep import sweep
from berg.units import MIB

SHORT_OF_ROOM_BYTES = 256 * MIB
"""With less than this left, opening a home first removes what killed processes left in it."""


class Store:
    """Assets by digest, results by key, claims, leases and runs under one home."""

    def __init__(self, home: Path) -> None:
        """Open or create. Raises StoreError: read-only, full, not permitted, too new."""
        self.home = Path(os.path.abspath(home))
        self._layout = Layout(self.home)
        self._alive, self._index = _open(self._layout)
        self._pool = LockPool(self._layout.pool, owner=self._alive.path.name)
        self._close = weakref.finalize(
            self, _close, self._index, self._pool, self._alive, pid=os.getpid()
        )
        self._count = itertools.count()
        self._gate = Gate(self._layout.locks)
        self._objects = Objects(self._layout, self._gate, aside=self._aside)
        self._externals = Externals(self._index)
        self._results = Results(self._index, self._size_of)
        self._effects = Effects(self._index)
        self._journal = Journal(self._layout, self._index, self._gate)
        self._runs = Runs(self._layout, self._index, self._journal)

    def close(self) -> None:
        """Close files and locks; a store that is dropped, or a process that ends, does so too."""
        self._close()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Objects

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes; nobody sees half of them. Raises StoreError."""
        return self._objects.put_bytes(data, media_type)

    def put_file(self, path: Path, media_type: str) -> Asset:
        """Store a finished file by moving it away from `path`. Raises StoreError."""
        return self._objects.put_file(path, media_type)

    def adopt(self, path: Path, media_type: str | None = None) -> Asset:
        """Know a user's file by content; it stays where it is.

        Without `media_type` its name decides. Raises RequestError if it can't be read, StoreError.
        """
        sha256, size = self._externals.adopt(path)
        return Asset(sha256=sha256, size=size, media_type=media_type or media_type_of(path))

    def path(self, asset: Asset | str) -> Path:
        """Where the bytes of an asset (or digest) can be read; checked. Never write there.

        Raises CorruptObject if they are missing or damaged (damaged ones are set aside, and the
        results that have them forgotten), StoreError if a user's file has changed.
        """
        sha256 = asset if isinstance(asset, str) else asset.sha256
        try:
            found = self._objects.path(sha256) or self._externals.path(sha256)
            if found is None:
                raise CorruptObject(
                    f"object {sha256} is not stored any more: run the same command again,"
                    " and it is made again"
                )
        except CorruptObject:
            self._results.forget_asset(sha256)
            raise
        return found

    def present(self, assets: Iterable[Asset | str]) -> bool:
        """Whether all are there, with the right size as far as it is known. Hashes nothing."""
        return all(self._is_present(asset) for asset in assets)

    def scratch(self) -> Path:
        """A new empty folder; the caller removes it, and `gc` does if the caller dies first."""
        folder = self._layout.scratch / self._own_name()
        with disk(folder):
            folder.mkdir()
        return folder

    # Results

    def get(self, key: str) -> Record | None:
        """The result under a key; live runs of this process count as using it."""
        return self._journal.look(lambda: self._results.get(key))

    def get_by_recipe(self, recipe: str) -> Record | None:
        """The latest result that a recipe came to; live runs of this process count as using it."""
        return self._journal.look(lambda: self._results.get_by_recipe(recipe))

    def commit(self, record: Record, *, run: str | None) -> Record:
        """Keep a result unless its key has one; gives what is stored. Raises StoreError."""
        return self._results.commit(record, run=run)

    def forget(self, key: str) -> None:
        """Drop the result under a key, so that it is made again."""
        self._results.forget(key)

    def makers(self, digest: str) -> list[Record]:
        """At most 20 results that hold an asset whose digest begins so."""
        return self._results.makers(digest)

    def receipts(self, capability: str, limit: int) -> list[Timing]:
        """(amount, wall_s, receipt JSON) of steps of a capability, newest first."""
        return self._results.timings(capability, limit=limit)

    # Effects

    def effect(self, key: str) -> str | None:
        """The record of an effect that was done, None if it was not."""
        return self._effects.get(key)

    def keep_effect(self, key: str, record: str) -> None:
        """Say that an effect was done, and what came of it (JSON). Raises StoreError."""
        self._effects.keep(key, record)

    # Sharing the machine

    def claim(self, key: str) -> Claim | None:
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
            self._index,
            self._gate,
            me=self._alive.path,
            keep=keep,
            dry_run=dry_run,
        )

    def _is_present(self, asset: Asset | str) -> bool:
        if isinstance(asset, str):
            sha256, size = asset, self._results.sizes.get(asset)
        else:
            sha256, size = asset.sha256, asset.size
        stored = self._objects.size(sha256)
        if stored is None:
            return self._externals.present(sha256, size)
        return size is None or stored == size

    def _size_of(self, sha256: str) -> int | None:
        stored = self._objects.size(sha256)
        return self._externals.size(sha256) if stored is None else stored

    def _own_name(self) -> str:
        """A new name by which a sweeper sees whose it is."""
        return f"{self._alive.path.name}-{next(self._count)}"

    def _aside(self) -> Path:
        return self._layout.aside / self._own_name()


def _open(layout: Layout) -> tuple[LockFile, Index]:
    """Folders, our sign of life, and the index; where room is short, the dead's leftovers go."""
    with disk(layout.home):
        layout.make()
        facts = os.statvfs(layout.home)
        if facts.f_bavail * facts.f_frsize < SHORT_OF_ROOM_BYTES:
            sweep(layout)
        alive = None
        while alive is None:
            alive = try_lock(layout.processes / f"{os.getpid()}-{secrets.token_hex(4)}")
    try:
        return alive, Index(layout.index, door=layout.locks / "index")
    except BaseException:
        alive.release()
        raise


def _close(index: Index, pool: LockPool, alive: LockFile, *, pid: int) -> None:
    if pid == os.getpid():  # a forked child must leave its parent's files alone
        index.close()
        pool.close()
        alive.release()
