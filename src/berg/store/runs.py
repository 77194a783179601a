"""Runs: what each `make` used, how its steps ended, and which folders got a delivery.

A run is live while its lock is held. What live runs used, and what the last delivery of every
folder needs, is what garbage collection keeps.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.index import Index
from berg.store.journal import Journal
from berg.store.layout import Layout, file_name
from berg.store.locks import LockFile, is_held, try_lock
from berg.store.results import trim_timings

Noted = tuple[str, str | None, str]
"""A step's name, its key once known, and its state."""

_COLUMNS = "run, started, finished, info, summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """A run as the index knows it."""

    run: str
    started: float
    """Seconds since 1970."""
    finished: float | None
    """Seconds since 1970; None while it is live, or if it never came to its end."""
    live: bool
    info: dict[str, Any]
    """What was said when it began."""
    summary: dict[str, Any] | None
    """What was said when it finished."""
    steps: tuple[Noted, ...] = ()
    """(name, key or None, state) in the order in which they were first noted; by `run()` only."""


class RunHandle:
    """A run of this process; live until `finish` or `close`, or until the process dies."""

    def __init__(self, run: str, lock: LockFile, index: Index, journal: Journal) -> None:
        self.run = run
        self._lock: LockFile | None = lock
        self._index = index
        self._journal = journal
        journal.opened(run)

    def used(self, keys: Iterable[str]) -> None:
        """The run needs these results. Batched. Raises StoreError.

        What `Store.get` finds while the run is live counts as used by itself.
        """
        assert self._lock is not None, "the run has ended"
        self._journal.used(self.run, keys)

    def note(self, name: str, key: str | None, state: str) -> None:
        """A step is in a state now; the last state stays. Batched. Raises StoreError."""
        assert self._lock is not None, "the run has ended"
        self._journal.noted(self.run, name, key, state)

    def reached(self, recipe: str, key: str) -> None:
        """A recipe came to a result that was there already. Batched. Raises StoreError."""
        assert self._lock is not None, "the run has ended"
        self._journal.linked(recipe, key)

    def finish(self, summary: dict[str, Any]) -> None:
        """Say how it ended, and end it. Raises StoreError."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE runs SET finished = ?, summary = ? WHERE run = ?",
                (time.time(), json.dumps(summary), self.run),
            )
            trim_timings(db)

        try:
            self._index.change(work)
        finally:
            self.close()

    def close(self) -> None:
        """End it without a summary; does nothing if it has ended. Raises StoreError."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        try:
            self._journal.closed(self.run)
        finally:
            lock.release()

    def __enter__(self) -> "RunHandle":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Runs:
    """The runs and deliveries of one home."""

    def __init__(self, layout: Layout, index: Index, journal: Journal) -> None:
        self._layout = layout
        self._index = index
        self._journal = journal

    def begin(self, run: str, info: dict[str, Any]) -> RunHandle:
        """Begin a run. Raises StoreError, also when a run of this name is live."""
        with disk(self._layout.runs):
            lock = try_lock(self._lock_of(run))
        if lock is None:
            raise StoreError(f"run {run} is live in another process: choose another name")
        try:
            row = (run, time.time(), json.dumps(info))
            self._index.change(lambda db: _insert_run(db, row))
        except BaseException:
            lock.release()
            raise
        return RunHandle(run, lock, self._index, self._journal)

    def all(self) -> list[RunInfo]:
        """Every run that is still known, newest first, without steps."""
        rows = self._index.all(f"SELECT {_COLUMNS} FROM runs ORDER BY id DESC")
        return [self._info(row, ()) for row in rows]

    def one(self, run: str) -> RunInfo | None:
        """One run with its steps."""
        row = self._index.one(f"SELECT {_COLUMNS} FROM runs WHERE run = ?", (run,))
        if row is None:
            return None
        steps = self._index.all(
            "SELECT name, key, state FROM run_steps WHERE run = ? ORDER BY id", (run,)
        )
        return self._info(row, tuple((name, key, state) for name, key, state in steps))

    def delivered(
        self, folder: str, run: str, keys: Iterable[str] | None, assets: Iterable[str]
    ) -> None:
        """Replace what `folder` needs; `keys` None stands for all that the run used."""
        place = str(Path(folder).absolute())
        self._journal.flush()
        wanted = None if keys is None else [(place, key) for key in keys]
        bytes_needed = [(place, sha256) for sha256 in assets]

        def work(db: sqlite3.Connection) -> None:
            forget_delivery(db, place)
            db.execute("INSERT INTO deliveries VALUES (?, ?, ?)", (place, run, time.time()))
            if wanted is None:
                db.execute(
                    "INSERT INTO delivery_results SELECT ?, key FROM run_results WHERE run = ?",
                    (place, run),
                )
            else:
                db.executemany("INSERT OR IGNORE INTO delivery_results VALUES (?, ?)", wanted)
            db.executemany("INSERT OR IGNORE INTO delivery_assets VALUES (?, ?)", bytes_needed)

        self._index.change(work)

    def delivered_each(self, run: str, needs: Mapping[str, Iterable[str]]) -> None:
        """Replace what each of several places needs, all in one go; results by place."""
        self._journal.flush()
        wanted = {str(Path(place).absolute()): list(keys) for place, keys in needs.items()}

        def work(db: sqlite3.Connection) -> None:
            for place, keys in wanted.items():
                forget_delivery(db, place)
                db.execute("INSERT INTO deliveries VALUES (?, ?, ?)", (place, run, time.time()))
                db.executemany(
                    "INSERT OR IGNORE INTO delivery_results VALUES (?, ?)",
                    [(place, key) for key in keys],
                )

        self._index.change(work)

    def also_needs(self, folder: str, run: str, keys: Iterable[str]) -> None:
        """Add to what a folder needs."""
        place = str(Path(folder).absolute())
        wanted = [(place, key) for key in keys]

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?)", (place, run, time.time())
            )
            db.executemany("INSERT OR IGNORE INTO delivery_results VALUES (?, ?)", wanted)

        self._index.change(work)

    def _lock_of(self, run: str) -> Path:
        return self._layout.runs / file_name(run)

    def _info(self, row: tuple[Any, ...], steps: tuple[Noted, ...]) -> RunInfo:
        run, started, finished, info, summary = row
        return RunInfo(
            run=run,
            started=started,
            finished=finished,
            live=is_held(self._lock_of(run)),
            info=json.loads(info),
            summary=json.loads(summary) if summary else None,
            steps=steps,
        )


def _insert_run(db: sqlite3.Connection, row: tuple[str, float, str]) -> None:
    """A run of the same name before it is forgotten."""
    forget_run(db, row[0])
    db.execute("INSERT INTO runs (run, started, info) VALUES (?, ?, ?)", row)


def forget_run(db: sqlite3.Connection, run: str) -> None:
    """Within a transaction: drop a run and what it used."""
    for table in ("runs", "run_results", "run_steps"):
        db.execute(f"DELETE FROM {table} WHERE run = ?", (run,))


def forget_delivery(db: sqlite3.Connection, folder: str) -> None:
    """Within a transaction: drop what a folder needs."""
    for table in ("deliveries", "delivery_results", "delivery_assets"):
        db.execute(f"DELETE FROM {table} WHERE folder = ?", (folder,))
