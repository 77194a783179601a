"""Garbage collection: free what no delivery and no live run needs. Safe beside a running `make`.

Kept: what the last delivery of every folder that still exists needs; what a live run has used or
made; what was written since the oldest live run began; what the latest runs used, so that a run
that stopped or failed goes on; and objects of the last minutes that no result names yet.

It goes through the gate alone, so nothing is found or put in place while it decides. Removing is
renaming into the trash; the bytes are freed after the gate is open again.
"""

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.index import Index
from berg.store.layout import Layout, file_name
from berg.store.locks import Gate, is_held
from berg.store.results import assets_in_row, delete_results, trim_timings
from berg.store.runs import forget_delivery, forget_run
from berg.store.sweep import remove, sweep

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


@dataclass(frozen=True, slots=True)
class _Garbage:
    folders: list[str]
    runs: list[str]
    results: list[str]
    objects: list[Path]


def collect(
    layout: Layout, index: Index, gate: Gate, *, me: Path, keep: int, dry_run: bool
) -> GcReport:
    """Collect once. `keep` is how many of the latest runs keep what they used.

    `me` is the lock file by which this process is known to be alive.
    Raises StoreError, also when another process doesn't let it through within a minute.
    """
    with disk(layout.home):
        freed = sweep(layout, dry_run=dry_run)
        with gate.alone():
            garbage = _find(layout, index, me=me, keep=keep)
            freed += sum(path.stat().st_size for path in garbage.objects)
            if not dry_run:
                _drop(layout, index, garbage)
        if not dry_run:
            sweep(layout)
    return GcReport(freed, len(garbage.objects), len(garbage.results))


def _find(layout: Layout, index: Index, *, me: Path, keep: int) -> _Garbage:
    """All that is not needed; under the gate."""
    live, since = _live_runs(layout, index)
    folders = [folder for (folder,) in index.all("SELECT folder FROM deliveries")]
    here = [folder for folder in folders if Path(folder).exists()]
    gone = sorted(set(folders) - set(here))
    recent = [run for (run,) in index.all("SELECT run FROM runs ORDER BY id DESC")]
    keys = _column(index, "SELECT key FROM run_results WHERE run = ?", live | set(recent[:keep]))
    keys |= _column(index, "SELECT key FROM delivery_results WHERE folder = ?", here)
    needed = _column(index, "SELECT sha256 FROM delivery_assets WHERE folder = ?", here)
    garbage_keys: list[str] = []
    named: set[str] = set()  # assets of results that go: these need no time of grace
    for key, assets, created in index.all("SELECT key, assets, created FROM results"):
        if key in keys or created >= since:
            needed.update(assets_in_row(assets))
        else:
            garbage_keys.append(key)
            named.update(assets_in_row(assets))
    oldest = min(since, time.time() - GRACE_S)
    newest_named = oldest if _others_alive(layout, me) else since
    objects = [
        path
        for path in _objects(layout)
        if path.name not in needed
        and path.stat().st_mtime < (newest_named if path.name in named else oldest)
    ]
    old_runs = [run for run in recent[max(keep, RUNS_REMEMBERED) :] if run not in live]
    return _Garbage(gone, old_runs, garbage_keys, objects)


def _live_runs(layout: Layout, index: Index) -> tuple[set[str], float]:
    """Names of the live runs, and when the oldest began (infinity if there is none)."""
    began = {path.name: path.stat().st_mtime for path in layout.runs.iterdir() if is_held(path)}
    known = {run for (run,) in index.all("SELECT run FROM runs")}
    since = min(began.values(), default=float("inf")) - CLOCK_SLACK_S
    return {run for run in known if file_name(run) in began}, since


def _others_alive(layout: Layout, me: Path) -> bool:
    """Whether another process has this home open, and may have stored what it hasn't named yet."""
    return any(path != me and is_held(path) for path in layout.processes.iterdir())


def _column(index: Index, sql: str, values: Iterable[str]) -> set[str]:
    return {item for value in values for (item,) in index.all(sql, (value,))}


def _objects(layout: Layout) -> Iterator[Path]:
    for shard in os.scandir(layout.objects):
        if shard.is_dir():
            yield from (Path(entry.path) for entry in os.scandir(shard))


def _drop(layout: Layout, index: Index, garbage: _Garbage) -> None:
    """Forget and remove; under the gate. Results go before their objects, if there is room."""
    try:
        index.change(lambda db: _forget(db, garbage))
        forgotten = True
    except StoreError:
        forgotten = False  # a full disk has no room even for saying so: make some first
    layout.trash.mkdir(exist_ok=True)
    for path in garbage.objects:
        _discard(path, layout.trash)
    if not forgotten:
        sweep(layout)
        index.change(lambda db: _forget(db, garbage))


def _forget(db: sqlite3.Connection, garbage: _Garbage) -> None:
    delete_results(db, garbage.results)
    for folder in garbage.folders:
        forget_delivery(db, folder)
    for run in garbage.runs:
        forget_run(db, run)
    trim_timings(db)


def _discard(path: Path, trash: Path) -> None:
    try:
        os.replace(path, trash / path.name)
    except OSError:
        remove(path)
