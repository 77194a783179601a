"""Runs: what each `make` used, how its steps ended, and which folders got a delivery.

A run is live while its lock is held. What live runs used, and what the last delivery of every
folder needs, is what garbage collection keeps.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.database import Database
from berg.store.journal import RunJournal
from berg.store.layout import HomeLayout, file_name
from berg.store.locks import LockFile, is_held, try_lock
from berg.store.record import Noted, RunInfo
from berg.store.results import trim_timings

_COLUMNS = "run, started, finished, info, summary"

USES_REMEMBERED = 5
"""Latest runs of which it is known what they used; of older ones, what they delivered. How many of
them keep that from `gc` is said there."""


class RunHandle:
    """A run of this process; live until `finish` or `close`, or until the process dies."""

    def __init__(self, run: str, lock: LockFile, db: Database, journal: RunJournal) -> None:
        self.run = run
        self._lock: LockFile | None = lock
        self._db = db
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

    def finish(self, summary: dict[str, Any]) -> None:
        """Say how it ended, and end it. Raises StoreError."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "UPDATE runs SET finished = ?, summary = ? WHERE run = ?",
                (time.time(), json.dumps(summary), self.run),
            )
            trim_timings(db)

        try:
            self._db.change(work)
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

    def __init__(self, layout: HomeLayout, db: Database, journal: RunJournal) -> None:
        self._layout = layout
        self._db = db
        self._journal = journal

    def begin(self, run: str, info: dict[str, Any]) -> RunHandle:
        """Begin a run. Raises StoreError, also when a run of this name is live."""
        with disk(self._layout.runs):
            lock = try_lock(self._lock_of(run))
        if lock is None:
            raise StoreError(f"run {run} is live in another process: choose another name")
        try:
            row = (run, time.time(), json.dumps(info))
            self._db.change(lambda db: self._insert(db, row))
        except BaseException:
            lock.release()
            raise
        return RunHandle(run, lock, self._db, self._journal)

    def all(self) -> list[RunInfo]:
        """Every run that is still known, newest first, without steps."""
        rows = self._db.all(f"SELECT {_COLUMNS} FROM runs ORDER BY id DESC")
        return [self._info(row, ()) for row in rows]

    def one(self, run: str) -> RunInfo | None:
        """One run with its steps."""
        row = self._db.one(f"SELECT {_COLUMNS} FROM runs WHERE run = ?", (run,))
        if row is None:
            return None
        steps = self._db.all(
            "SELECT name, key, state FROM run_steps WHERE run = ? ORDER BY id", (run,)
        )
        return self._info(row, tuple((name, key, state) for name, key, state in steps))

    def delivered(
        self, folder: str, run: str, keys: Iterable[str] | None, assets: Iterable[str]
    ) -> None:
        """Replace what `folder` needs; `keys` None stands for all that the run used."""
        self._journal.flush()
        wanted = None if keys is None else list(keys)
        bytes_needed = list(assets)

        def work(db: sqlite3.Connection) -> None:
            place = _place(db, folder, run, fresh=True)
            if wanted is None:
                db.execute(
                    "INSERT INTO delivery_results SELECT key, ? FROM run_results"
                    " WHERE run = (SELECT id FROM runs WHERE run = ?)",
                    (place, run),
                )
            else:
                _need(db, place, wanted)
            db.executemany(
                "INSERT OR IGNORE INTO delivery_assets VALUES (?, ?)",
                [(sha256, place) for sha256 in bytes_needed],
            )

        self._db.change(work)

    def delivered_each(self, run: str, needs: Mapping[str, Iterable[str]]) -> None:
        """Replace what each of several places needs, all in one go; results by place.

        The run itself needs them no longer: what it noted of its use does not grow with it.
        """
        self._journal.flush()
        wanted = {folder: list(keys) for folder, keys in needs.items()}

        def work(db: sqlite3.Connection) -> None:
            for folder, keys in wanted.items():
                _need(db, _place(db, folder, run, fresh=True), keys)
                db.executemany(_UNUSE, [(run, key) for key in keys])

        self._db.change(work)

    def also_needs(self, folder: str, run: str, keys: Iterable[str]) -> None:
        """Add to what a folder needs."""
        wanted = list(keys)
        self._db.change(lambda db: _need(db, _place(db, folder, run, fresh=False), wanted))

    def _insert(self, db: sqlite3.Connection, row: tuple[str, float, str]) -> None:
        """A run of the same name before it is forgotten, and of old runs what they used."""
        forget_run(db, row[0])
        db.execute("INSERT INTO runs (run, started, info) VALUES (?, ?, ?)", row)
        using = db.execute(
            "SELECT id, run FROM runs WHERE EXISTS"
            " (SELECT 1 FROM run_results WHERE run_results.run = runs.id) ORDER BY id DESC"
        ).fetchall()
        for number, run in using[USES_REMEMBERED:]:
            if not is_held(self._lock_of(run)):
                db.execute("DELETE FROM run_results WHERE run = ?", (number,))

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


_UNUSE = "DELETE FROM run_results WHERE run = (SELECT id FROM runs WHERE run = ?) AND key = ?"


def _need(db: sqlite3.Connection, place: int, keys: Iterable[str]) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO delivery_results VALUES (?, ?)", [(key, place) for key in keys]
    )


def _place(db: sqlite3.Connection, folder: str, run: str, *, fresh: bool) -> int:
    """The number of a place that is delivered into; with `fresh` it needs nothing yet."""
    path = _column(Path(folder).absolute())
    row = db.execute("SELECT id FROM deliveries WHERE folder = ?", (path,)).fetchone()
    if row is not None and not fresh:
        return int(row[0])
    if row is not None:
        forget_delivery(db, row[0])
    values = (path, run, time.time())
    cursor = db.execute("INSERT INTO deliveries (folder, run, delivered) VALUES (?, ?, ?)", values)
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _column(path: Path) -> str | bytes:
    """A path as the index has it: text, or its bytes if its name is no text."""
    raw = os.fsencode(path)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def forget_run(db: sqlite3.Connection, run: str) -> None:
    """Within a transaction: drop a run and what it used."""
    db.execute("DELETE FROM run_results WHERE run = (SELECT id FROM runs WHERE run = ?)", (run,))
    db.execute("DELETE FROM run_steps WHERE run = ?", (run,))
    db.execute("DELETE FROM runs WHERE run = ?", (run,))


def forget_delivery(db: sqlite3.Connection, delivery: int) -> None:
    """Within a transaction: drop a place, by its number, and what it needs."""
    for table in ("delivery_results", "delivery_assets"):
        db.execute(f"DELETE FROM {table} WHERE delivery = ?", (delivery,))
    db.execute("DELETE FROM deliveries WHERE id = ?", (delivery,))
