"""Sweeping: what processes left behind that died. Needs no index, so it works on a full disk."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from berg.store.layout import HomeLayout
from berg.store.locks import is_held, try_lock


def sweep(layout: HomeLayout, *, dry_run: bool = False) -> int:
    """Remove scratch folders and half-written files of the dead, and trash; gives bytes freed.

    Raises OSError.
    """
    leftovers = [
        path
        for folder in (layout.scratch, layout.aside)
        for path in _entries(folder)
        if not is_held(layout.processes / path.name.rpartition("-")[0])
    ]
    leftovers += [*_entries(layout.trash), *_entries(layout.corrupt)]
    freed = sum(size_of(path) for path in leftovers)
    if not dry_run:
        for path in leftovers:
            remove(path)
        for folder in (layout.claims, layout.pool, layout.runs, layout.processes):
            _drop_dead_locks(folder)
    return freed


def remove(path: Path) -> None:
    """Remove a file or a folder; another sweeper may be at it too."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # a folder: EISDIR, or EPERM by POSIX
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            raise


def size_of(path: Path) -> int:
    """Bytes in a file, or in all files below a folder."""
    if path.is_symlink() or not path.is_dir():
        try:
            return path.lstat().st_size
        except FileNotFoundError:
            return 0
    return sum(size_of(child) for child in _entries(path))


def _entries(folder: Path) -> Iterator[Path]:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    yield from (folder / name for name in names)


def _drop_dead_locks(folder: Path) -> None:
    for path in _entries(folder):
        lock = try_lock(path)
        if lock is not None:
            lock.release()
