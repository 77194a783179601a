"""The book of a run's rows: which were delivered before, and which ids this run has met.

It lies on the disk, in a scratch folder, so that memory stays flat however long a table is. It is
made anew from the journal by every run, and only that is to be believed.
"""

import json
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from berg.delivery.journal import RowEntry

_TABLES = (
    """CREATE TABLE done (ask TEXT, name TEXT, row TEXT, number INT, digest TEXT, shard INT,
    paths TEXT, offset INT, length INT, PRIMARY KEY (ask, name)) WITHOUT ROWID""",
    """CREATE TABLE met (ask TEXT, name TEXT, number INT, PRIMARY KEY (ask, name))
    WITHOUT ROWID""",
)
_COLUMNS = "done.ask, row, done.number, digest, shard, paths, offset, length"
_CACHE_KIB = 8192


class Book:
    """One delivery's rows by ask and id. Ids that differ only in case are the same file."""

    def __init__(self, folder: Path) -> None:
        """`folder` is empty, and goes with the run."""
        self._db = sqlite3.connect(
            folder / "rows.sqlite", isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{_CACHE_KIB}"):
            self._db.execute(f"PRAGMA {pragma}")
        for table in _TABLES:
            self._db.execute(table)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """The book is not to be used afterwards."""
        self._db.close()

    def learn(self, entries: Iterable[RowEntry]) -> int:
        """Rows that were delivered; a later one takes the place of the one before. Their number."""
        cursor = self._db.executemany(
            "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_record, entries)
        )
        return cursor.rowcount

    def done(self, ask: str, row: str) -> RowEntry | None:
        """What was delivered for a row."""
        found = self._db.execute(
            f"SELECT {_COLUMNS} FROM done WHERE ask = ? AND name = ?", (ask, _name(row))
        ).fetchone()
        return None if found is None else _entry(found)

    def meet(self, ask: str, row: str, number: int) -> int | None:
        """Note a row of the table; the number of the earlier one if there is one of this id."""
        where = (ask, _name(row))
        cursor = self._db.execute("INSERT OR IGNORE INTO met VALUES (?, ?, ?)", (*where, number))
        if cursor.rowcount:
            return None
        (earlier,) = self._db.execute(
            "SELECT number FROM met WHERE ask = ? AND name = ?", where
        ).fetchone()
        return int(earlier)

    def shards(self, ask: str) -> tuple[int, int]:
        """The last folder of an ask, and how many rows lie in it; (0, 0) for none."""
        found = self._db.execute(
            "SELECT shard, count(*) FROM done WHERE ask = ? GROUP BY shard ORDER BY shard DESC",
            (ask,),
        ).fetchone()
        return (0, 0) if found is None else (int(found[0]), int(found[1]))

    def count(self) -> int:
        """Rows that are delivered."""
        return int(self._db.execute("SELECT count(*) FROM done").fetchone()[0])

    def files(self) -> int:
        """Files that are delivered."""
        total = self._db.execute("SELECT sum(json_array_length(paths)) FROM done").fetchone()[0]
        return int(total or 0)

    def in_order(self) -> Iterator[RowEntry]:
        """Delivered rows in the table's order; those that it has no more come last."""
        yield from map(
            _entry,
            self._db.execute(
                f"SELECT {_COLUMNS} FROM done LEFT JOIN met USING (ask, name)"
                " ORDER BY done.ask, met.number IS NULL, met.number, done.number"
            ),
        )

    def forget(self, entries: Iterable[RowEntry]) -> None:
        """Rows whose files are not there any more, and that no table has."""
        wanted = ((entry.ask, _name(entry.row)) for entry in entries)
        self._db.executemany("DELETE FROM done WHERE ask = ? AND name = ?", wanted)

    def gone(self) -> Iterator[RowEntry]:
        """Delivered rows that this run has not met."""
        yield from map(
            _entry,
            self._db.execute(
                f"SELECT {_COLUMNS} FROM done LEFT JOIN met USING (ask, name)"
                " WHERE met.number IS NULL ORDER BY done.ask, done.number"
            ),
        )


def _name(row: str) -> str:
    return row if row.isascii() and row.islower() else unicodedata.normalize("NFC", row.casefold())


def _record(entry: RowEntry) -> tuple[object, ...]:
    where = (entry.ask, _name(entry.row), entry.row, entry.number, entry.digest, entry.shard)
    return (*where, json.dumps(entry.paths, ensure_ascii=False), entry.offset, entry.length)


def _entry(found: tuple[str, str, int, str, int, str, int, int]) -> RowEntry:
    ask, row, number, digest, shard, paths, offset, length = found
    return RowEntry(
        ask=ask,
        row=row,
        number=number,
        digest=digest,
        shard=shard,
        paths=tuple(json.loads(paths)),
        offset=offset,
        length=length,
    )
