"""Opening the index: created, brought up to date, or set aside when it is damaged.

All of it happens under one lock file (the door), so that processes that start together agree on
one file. When nothing needs doing the door is not touched.
"""

import contextlib
import logging
import os
import sqlite3
import time
from pathlib import Path

from berg.errors import StoreError
from berg.store import _disk, _sqlite
from berg.store.locks import wait_alone
from berg.store.migrations import LATEST, VERSIONS

_log = logging.getLogger("berg.store")


def open_index(path: Path, *, door: Path, damaged: int | None = None) -> sqlite3.Connection:
    """A connection to an index of this berg's version.

    `damaged` is the inode of a file that was found bad in use: it is set aside unless another
    process already did so. Raises StoreError: newer than this berg, disk full, read-only.
    """
    try:
        if damaged is None and (db := _open_ready(path)):
            return db
        with wait_alone(door, wait_s=_sqlite.BUSY_S):
            if damaged is not None and damaged == inode_at(path):
                _set_aside(path)
            return _prepare(path)
    except sqlite3.Error as error:
        raise _sqlite.explain(error, path) from error
    except OSError as error:
        raise _disk.explain(error, path) from error


def inode_at(path: Path) -> int | None:
    """Which file lies at `path` now."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _open_ready(path: Path) -> sqlite3.Connection | None:
    """A connection, if the file needs nothing done; None if it must be looked at by the door."""
    if not path.exists():
        return None
    db = _sqlite.connect(path)
    try:
        journal = db.execute("PRAGMA journal_mode").fetchone()[0]
        if _version(db) == LATEST and journal == "wal":
            return _tuned(db)
    except sqlite3.Error:
        pass  # what is wrong is said by whoever has the door
    db.close()
    return None


def _prepare(path: Path) -> sqlite3.Connection:
    db = _sqlite.connect(path)
    try:
        return _up_to_date(db, path)
    except sqlite3.Error as error:
        db.close()
        if not _sqlite.is_damage(error):
            raise
    except BaseException:
        db.close()
        raise
    _set_aside(path)
    return _up_to_date(_sqlite.connect(path), path)


def _up_to_date(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    version = _version(db)
    if version > LATEST:
        raise StoreError(
            f"{path} was written by a newer berg (it has version {version}, this berg knows"
            f" {LATEST}): upgrade berg, or set BERG_HOME to another folder; nothing was changed",
            where=str(path),
        )
    db.execute("PRAGMA journal_mode = WAL")
    _sqlite.in_transaction(_tuned(db), _migrate)
    return db


def _version(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def _tuned(db: sqlite3.Connection) -> sqlite3.Connection:
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA wal_autocheckpoint = 4000")  # 16 MB: commits are small and touch many pages
    db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # reads the schema: damage shows
    return db


def _migrate(db: sqlite3.Connection) -> None:
    for statements in VERSIONS[_version(db) :]:
        for statement in statements:
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {LATEST}")


def _set_aside(path: Path) -> None:
    stamp = f"{time.strftime('%Y%m%dT%H%M%S')}-{os.getpid()}"
    aside = path.with_name(f"index.damaged-{stamp}.sqlite")
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.rename(f"{path}{suffix}", f"{aside}{suffix}")
    _log.warning(
        "the index %s was damaged; it was set aside as %s and begun anew:"
        " what it listed will be made again when it is needed",
        path,
        aside.name,
    )
