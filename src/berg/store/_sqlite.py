"""The few things that everybody who speaks to SQLite here needs: transactions and clear errors."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from berg.errors import StoreError
from berg.store import _disk

T = TypeVar("T")

BUSY_S = 30.0
"""How long a writer waits for another; transactions here last milliseconds."""

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def connect(path: Path) -> sqlite3.Connection:
    """A connection without implicit transactions, for any thread (one at a time)."""
    return sqlite3.connect(
        path, timeout=BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=64
    )


def in_transaction(db: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    """Do `work` between BEGIN IMMEDIATE and COMMIT; on any error nothing of it is kept."""
    db.execute("BEGIN IMMEDIATE")
    try:
        result = work(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return result


def _name(error: sqlite3.Error) -> str:
    return getattr(error, "sqlite_errorname", None) or ""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is bad, so that trying again can't help."""
    return _name(error).startswith(_DAMAGE)


def explain(error: sqlite3.Error, path: Path) -> StoreError:
    """The cause, and what to do next."""
    name = _name(error)
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _no_room(path)):
        return _disk.full(path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return _disk.read_only(path) if _mounted_read_only(path) else _disk.forbidden(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        cause = f"another berg has held it for {BUSY_S:g} s: is it stopped? Let it go on or end it"
    else:
        cause = f"{error} ({name or 'no code'}): check the disk, then run the same command again"
    return StoreError(f"can't use the index {path}: {cause}", where=str(path))


def _no_room(path: Path) -> bool:
    # SQLite says "disk I/O error" when its shared-memory file finds no room.
    facts = os.statvfs(path.parent)
    return facts.f_bavail * facts.f_frsize < 1 << 17


def _mounted_read_only(path: Path) -> bool:
    return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
