"""Database: the SQLite file in which results, runs and deliveries are looked up.

It knows the connection, transactions and damage; what the tables mean is said by those who use
them. All it holds can be remade, so a damaged file is set aside and begun anew, and commits are
not synced one by one (WAL, `synchronous=NORMAL`): a power cut may lose the last results, a killed
process loses none.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from berg.store import _sqlite
from berg.store._opening import inode_at, open_index

T = TypeVar("T")


class Database:
    """One connection, shared by the threads of this process; not to be carried across a fork."""

    def __init__(self, path: Path, *, door: Path) -> None:
        """Open, create or upgrade. Raises StoreError: newer than this berg, full, read-only."""
        self._path = path
        self._door = door
        self._lock = threading.RLock()
        self._db = open_index(path, door=door)
        self._inode = inode_at(path)

    def close(self) -> None:
        """Close the connection; the index is not to be used afterwards."""
        with self._lock:
            self._db.close()

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        row: tuple[Any, ...] | None = self._run(lambda db: db.execute(sql, values).fetchone())
        return row

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows."""
        return self._run(lambda db: db.execute(sql, values).fetchall())

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work`, which only reads; after damage it is done again."""
        return self._run(work)

    def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do `work` in one transaction, kept whole or not at all; after damage it is done again."""
        return self._run(lambda db: _sqlite.in_transaction(db, work))

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            try:
                return work(self._db)
            except sqlite3.Error as error:
                if not _sqlite.is_damage(error):
                    raise _sqlite.explain(error, self._path) from error
            self._begin_anew()
            try:
                return work(self._db)
            except sqlite3.Error as error:
                raise _sqlite.explain(error, self._path) from error

    def _begin_anew(self) -> None:
        self._db.close()
        self._db = open_index(self._path, door=self._door, damaged=self._inode)
        self._inode = inode_at(self._path)
