"""Garbage collection: free what no delivery and no live run needs. Safe beside a running `make`.

Kept: what the last delivery of every folder that still exists needs; what a live run has used or
made; what was written since the oldest live run began; what the latest run used (`keep` runs: one
for `berg gc`), so that one that stopped or failed goes on; and objects of the last minutes that no
result names yet.

It goes batch by batch in the order of keys, so memory is flat in their number, and through the
gate alone for one batch at a time: nothing is found or put in place while that is decided, and a
`make` goes on between two. What is needed is said in SQL. Removing is renaming into the trash;
the bytes are freed after the gate is open again.
"""

import os
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.database import Database
from berg.store.garbage import GARBAGE, LEFT, NAMED
from berg.store.layout import HomeLayout, file_name
from berg.store.locks import Gate, is_held
from berg.store.results import delete_results, trim_timings
from berg.store.runs import forget_delivery, forget_run
from berg.store.sweep import remove, sweep

BATCH = 4000
"""Results or places looked at in one go: the gate is shut for some 0.1 s."""

GRACE_S = 600.0
"""Age in seconds at which an object that no result names is garbage: committing is quicker."""

CLOCK_SLACK_S = 2.0
"""File times tick more coarsely than clocks."""

RUNS_REMEMBERED = 100
"""Runs older than this many others are forgotten, and `berg show` no longer knows them."""


@dataclass(frozen=True, slots=True)
class GcReport:
    """What was freed, or would be."""

    freed_bytes: int
    objects: int
    results: int

    def __add__(self, other: "GcReport") -> "GcReport":
        return GcReport(
            self.freed_bytes + other.freed_bytes,
            self.objects + other.objects,
            self.results + other.results,
        )


def collect(
    layout: HomeLayout, db: Database, gate: Gate, *, me: Path, keep: int, dry_run: bool
) -> GcReport:
    """Collect once. `keep` is how many of the latest runs keep what they used.

    `me` is the lock file by which this process is known to be alive.
    Raises StoreError, also when another process doesn't let it through within a minute.
    """
    with disk(layout.home):
        swept = sweep(layout, dry_run=dry_run)
        report = GcReport(swept, 0, 0) + _Collector(layout, db, gate, me, keep, dry_run).collect()
        if not dry_run:
            sweep(layout)
    return report


@dataclass(frozen=True, slots=True)
class _Needs:
    """Who needs results at the moment."""

    runs: str
    """Numbers of the runs whose uses count, as JSON."""
    since: float
    """What was made since then is kept: when the oldest live run began, or infinity."""


class _Collector:
    """One collection."""

    def __init__(
        self, layout: HomeLayout, db: Database, gate: Gate, me: Path, keep: int, dry_run: bool
    ) -> None:
        self._layout, self._db, self._gate = layout, db, gate
        self._me, self._keep, self._dry_run = me, keep, dry_run

    def collect(self) -> GcReport:
        """Places that are gone, then results with their objects, then objects of no result."""
        self._find_gone()
        report = GcReport(0, 0, 0)
        after = ""
        while (upto := self._end_of_batch(after)) is not None:
            report += self._results(after, upto)
            after = upto
        for shard in sorted(entry.name for entry in os.scandir(self._layout.objects)):
            report += self._loose(shard)
        if not self._dry_run:
            self._db.change(self._forget_old)
        return report

    def _find_gone(self) -> None:
        """Note the places that are no more, and forget what they needed."""
        self._db.ask(_begin_gone)
        after = 0
        while rows := self._db.all(
            "SELECT id, folder FROM deliveries WHERE id > ? ORDER BY id LIMIT ?", (after, BATCH)
        ):
            gone = [number for number, folder in rows if not Path(os.fsdecode(folder)).exists()]
            self._note_gone(gone)
            after = rows[-1][0]

    def _note_gone(self, gone: list[int]) -> None:
        def note(db: sqlite3.Connection) -> None:
            db.executemany("INSERT INTO temp.gone VALUES (?)", [(number,) for number in gone])

        def forget(db: sqlite3.Connection) -> None:
            for number in gone:
                forget_delivery(db, number)

        if self._dry_run:
            self._db.ask(note)
        elif gone:
            self._db.change(forget)

    def _end_of_batch(self, after: str) -> str | None:
        """The last key of the next batch; None if there are no more."""
        row = self._db.one(
            "SELECT max(key) FROM (SELECT key FROM results WHERE key > ? ORDER BY key LIMIT ?)",
            (after, BATCH),
        )
        assert row is not None
        last: str | None = row[0]
        return last

    def _results(self, after: str, upto: str) -> GcReport:
        """Collect the results between two keys, and the objects that only they have."""
        with self._gate.alone():
            needs = self._needs()
            values = {"since": needs.since, "runs": needs.runs, "after": after, "upto": upto}
            rows = self._db.ask(lambda db: db.execute(GARBAGE, values).fetchall())
            if not rows:
                return GcReport(0, 0, 0)
            values["garbage"] = _as_json(number for number, _ in rows)
            left = self._db.ask(lambda db: db.execute(LEFT, values).fetchall())
            quiet = needs.since if not self._others_alive() else min(needs.since, _grace_ends())
            objects = self._older(quiet, (self._layout.object(sha256) for (sha256,) in left))
            self._drop([key for _, key in rows], objects)
        self._free(objects)
        return GcReport(sum(objects.values()), len(objects), len(rows))

    def _loose(self, shard: str) -> GcReport:
        """Collect objects of one folder that no result and no delivery names."""
        bounds = {"low": shard, "high": f"{shard}g"}  # "g" comes after every digit
        folder = self._layout.objects / shard
        if not folder.is_dir() or not self._unnamed(folder, bounds):
            return GcReport(0, 0, 0)
        with self._gate.alone():
            oldest = min(self._needs().since, _grace_ends())
            objects = self._older(oldest, self._unnamed(folder, bounds))
            self._drop([], objects)
        self._free(objects)
        return GcReport(sum(objects.values()), len(objects), 0)

    def _unnamed(self, folder: Path, bounds: dict[str, str]) -> list[Path]:
        named = self._db.ask(lambda db: {sha for (sha,) in db.execute(NAMED, bounds)})
        return [folder / entry.name for entry in os.scandir(folder) if entry.name not in named]

    def _older(self, moment: float, paths: Iterable[Path]) -> dict[Path, int]:
        """Those of the objects that are there and were put before a moment, with their sizes."""
        found = {}
        for path in paths:
            try:
                facts = path.stat()
            except FileNotFoundError:
                continue
            if facts.st_mtime < moment:
                found[path] = facts.st_size
        return found

    def _needs(self) -> _Needs:
        """Under the gate: the live runs, and the latest, keep what they used."""
        runs = self._layout.runs
        began = {path.name: path.stat().st_mtime for path in runs.iterdir() if is_held(path)}
        known = self._db.all("SELECT id, run FROM runs ORDER BY id DESC")
        live = [number for number, run in known if file_name(run) in began]
        recent = [number for number, _ in known[: self._keep]]
        since = min(began.values(), default=float("inf")) - CLOCK_SLACK_S
        return _Needs(_as_json({*live, *recent}), since)

    def _others_alive(self) -> bool:
        """Whether another process has this home open, and may have stored what it hasn't named."""
        processes = self._layout.processes
        return any(path != self._me and is_held(path) for path in processes.iterdir())

    def _drop(self, keys: list[str], objects: Iterable[Path]) -> None:
        """Forget and remove; under the gate. Results go before their objects, if there is room."""
        if self._dry_run:
            return
        try:
            self._db.change(lambda db: delete_results(db, keys))
            forgotten = True
        except StoreError:
            forgotten = False  # a full disk has no room even for saying so: make some first
        self._layout.trash.mkdir(exist_ok=True)
        for path in objects:
            _discard(path, self._layout.trash)
        if not forgotten:
            sweep(self._layout)
            self._db.change(lambda db: delete_results(db, keys))

    def _free(self, objects: Iterable[Path]) -> None:
        """Unlink what was renamed into the trash; the gate is open again."""
        if not self._dry_run:
            for path in objects:
                remove(self._layout.trash / path.name)

    def _forget_old(self, db: sqlite3.Connection) -> None:
        """Runs and timings beyond those that are remembered."""
        known = db.execute("SELECT run FROM runs ORDER BY id DESC").fetchall()
        for (run,) in known[max(self._keep, RUNS_REMEMBERED) :]:
            if not is_held(self._layout.runs / file_name(run)):
                forget_run(db, run)
        trim_timings(db)


def _begin_gone(db: sqlite3.Connection) -> None:
    db.execute("DROP TABLE IF EXISTS temp.gone")
    db.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY)")


def _as_json(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _grace_ends() -> float:
    return time.time() - GRACE_S


def _discard(path: Path, trash: Path) -> None:
    try:
        os.replace(path, trash / path.name)
    except OSError:
        remove(path)
