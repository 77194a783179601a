"""The look-up: which entries have this digest, mark or produce id. Rebuilt from the log at will.

It never says more than the published log: it holds the entries of a tree of a size and root that
it names, and is begun anew when the log has another. Commits are not synced one by one (WAL): a
power cut may take the last rows, and then they are read from the log again.
"""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from berg.errors import StoreError

T = TypeVar("T")

SHA256, MARK, PRODUCE_ID = 0, 1, 2
"""Kinds of value."""

_TABLES = """
CREATE TABLE IF NOT EXISTS found (
    kind INTEGER, value BLOB, at INTEGER, PRIMARY KEY (kind, value, at)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS head (one INTEGER PRIMARY KEY, size INTEGER, root BLOB);
"""


def values_of(leaf: bytes) -> list[tuple[int, bytes]]:
    """What a leaf can be found by; nothing for one that is no entry.

    Later fields don't matter to it, so that a log can be searched by an older berg.
    """
    try:
        entry = json.loads(leaf)
        found = [(SHA256, bytes.fromhex(entry["sha256"]))]
        if entry.get("produce_id"):
            found.append((PRODUCE_ID, entry["produce_id"].encode()))
        return found + [(MARK, bytes.fromhex(mark)) for mark in entry.get("marks", ())]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


class LookUp:
    """The SQLite file of one log; threads share one connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None

    def head(self) -> tuple[int, bytes]:
        """Size and root of the tree that it holds."""
        found = self._run(lambda db: db.execute("SELECT size, root FROM head").fetchone())
        return (found[0], found[1]) if found else (0, b"")

    def find(self, kind: int, value: bytes, *, limit: int) -> list[int]:
        """Indices of entries, ascending."""
        words = "SELECT at FROM found WHERE kind = ? AND value = ? ORDER BY at LIMIT ?"
        return self._run(
            lambda db: [at for (at,) in db.execute(words, (kind, value, limit)).fetchall()]
        )

    def add(self, begin: int, leaves: Iterable[bytes], *, size: int, root: bytes) -> None:
        """Hold the leaves from index `begin` on; the tree is now of `size` and `root`."""
        rows = sorted(
            (kind, value, begin + at)
            for at, leaf in enumerate(leaves)
            for kind, value in values_of(leaf)
        )

        def work(db: sqlite3.Connection) -> None:
            with db:
                db.executemany("INSERT OR IGNORE INTO found VALUES (?, ?, ?)", rows)
                db.execute("INSERT OR REPLACE INTO head VALUES (0, ?, ?)", (size, root))

        self._run(work)

    def begin_anew(self) -> None:
        """Throw away what it holds."""
        with self._lock:
            self.close()
            for end in ("", "-wal", "-shm", "-journal"):
                self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def close(self) -> None:
        """Close the connection; the next question opens it again."""
        with self._lock:
            db, self._db = self._db, None
            if db is not None:
                db.close()

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            try:
                return work(self._open())
            except sqlite3.OperationalError as error:  # full, read-only, busy for too long
                raise StoreError(f"the log's look-up: {error}", where=str(self._path)) from error
            except sqlite3.DatabaseError:  # damaged: all it holds can be read from the log
                self.begin_anew()
                return work(self._open())

    def _open(self) -> sqlite3.Connection:
        if self._db is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=NORMAL")
            db.executescript(_TABLES)
            self._db = db
        return self._db
