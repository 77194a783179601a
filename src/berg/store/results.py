"""Results: what steps gave, by key and by asset, and how long steps of each kind took.

The first result under a key stays, unless its objects are gone: then the new one takes its place.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from berg import faults
from berg.store.database import Database
from berg.store.record import Record, Timing

MAKERS = 20
"""Results told of one digest: bytes that many steps gave are asked for out of curiosity."""

_COLUMNS = "id, key, recipe, capability, out, receipt"
_BY_KEY = f"SELECT {_COLUMNS} FROM results WHERE key IN (SELECT value FROM json_each(?))"
_HELD = (
    "SELECT result, sha256, size FROM result_assets"
    " WHERE result IN (SELECT value FROM json_each(?)) ORDER BY result, at"
)
_INSERT = (
    "INSERT INTO results (key, recipe, capability, out, receipt, created) VALUES (?, ?, ?, ?, ?, ?)"
)
_FORMER = (
    "SELECT 1 FROM former_results WHERE EXISTS (SELECT 1 FROM results WHERE id <= last LIMIT 1)"
)
_ALSO = (
    "INSERT OR IGNORE INTO results (key, recipe, capability, out, receipt, created)"
    " SELECT ?, recipe, capability, out, receipt, ? FROM results WHERE key = ?"
)
_ALSO_HELD = (
    "INSERT INTO result_assets SELECT ?, at, sha256, size FROM result_assets"
    " WHERE result = (SELECT id FROM results WHERE key = ?)"
)
USE = "INSERT OR IGNORE INTO run_results (run, key) SELECT id, ? FROM runs WHERE run = ?"
"""SQL by which a result (its key) is said to be needed by a run (its name)."""


class Results:
    """The results of one home. `size_of` gives the bytes of a stored asset, None if it is gone."""

    def __init__(self, db: Database, size_of: Callable[[str], int | None]) -> None:
        self._db = db
        self._size_of = size_of

    def get(self, keys: Sequence[str]) -> dict[str, Record]:
        """The results there are under some keys."""
        return self._db.ask(lambda db: _by_key(db, keys))

    def commit(self, records: Sequence[Record], *, run: str | None) -> list[Record]:
        """Keep results, all or none, and say that `run` needs them; gives what is stored now."""
        with_sizes = [self._with_sizes(record) for record in records]

        def work(db: sqlite3.Connection) -> list[Record]:
            stored = [self._keep_first(db, record) for record in with_sizes]
            if run is not None:
                db.executemany(USE, [(record.key, run) for record in records])
            db.executemany(
                "INSERT INTO timings (capability, amount, wall_s, receipt) VALUES (?, ?, ?, ?)",
                [
                    (record.capability, *timing)
                    for record in records
                    if (timing := _timing_of(record.receipt)) is not None
                ],
            )
            return stored

        stored = self._db.change(work)
        for _ in records:
            faults.point("index.committed")
        return stored

    def has_former(self) -> bool:
        """Whether there are results under keys of an earlier rule."""
        return self._db.one(_FORMER) is not None

    def also_under(self, former: Mapping[str, str]) -> None:
        """Keep results under these keys too, each as it is under the key that it leads to."""

        def work(db: sqlite3.Connection) -> None:
            for key, old in former.items():
                added = db.execute(_ALSO, (key, time.time(), old))
                if added.rowcount:
                    db.execute(_ALSO_HELD, (added.lastrowid, old))

        self._db.change(work)

    def forget(self, keys: Sequence[str]) -> None:
        """Drop results, so that they are made again."""
        self._db.change(lambda db: delete_results(db, keys))

    def forget_asset(self, sha256: str) -> None:
        """Drop every result that has this asset: its bytes are gone."""
        rows = self._db.all(
            "SELECT DISTINCT key FROM results JOIN result_assets ON result = id WHERE sha256 = ?",
            (sha256,),
        )
        if rows:
            self.forget([key for (key,) in rows])

    def makers(self, prefix: str) -> list[Record]:
        """Results that hold an asset whose digest begins so, `MAKERS` at most."""
        rows = self._db.all(
            "SELECT DISTINCT key FROM result_assets JOIN results ON id = result"
            " WHERE sha256 >= ? AND sha256 < ? LIMIT ?",
            (prefix, f"{prefix}g", MAKERS),  # "g" comes after every digit
        )
        return list(self.get([key for (key,) in rows]).values())

    def size(self, sha256: str) -> int | None:
        """Bytes of an asset, as they were when a result with it was committed."""
        row = self._db.one("SELECT size FROM result_assets WHERE sha256 = ? LIMIT 1", (sha256,))
        return row[0] if row else None

    def timings(self, capability: str, *, limit: int) -> list[Timing]:
        """What steps of a capability took, newest first."""
        rows = self._db.all(
            "SELECT amount, wall_s, receipt FROM timings WHERE capability = ?"
            " ORDER BY id DESC LIMIT ?",
            (capability, limit),
        )
        return [(amount, wall_s, receipt) for amount, wall_s, receipt in rows]

    def _with_sizes(self, record: Record) -> Record:
        if record.sizes:
            return record
        return replace(record, sizes=tuple(self._size_of(sha) or 0 for sha in record.assets))

    def _keep_first(self, db: sqlite3.Connection, record: Record) -> Record:
        first = _by_key(db, [record.key]).get(record.key)
        if first is not None:
            if all(self._size_of(sha256) is not None for sha256 in first.assets):
                return first
            delete_results(db, [record.key])
        row = (record.key, record.recipe, record.capability, record.out, record.receipt)
        result = db.execute(_INSERT, (*row, time.time())).lastrowid
        held = enumerate(zip(record.assets, record.sizes, strict=True))
        db.executemany(
            "INSERT INTO result_assets VALUES (?, ?, ?, ?)",
            [(result, at, sha256, size) for at, (sha256, size) in held],
        )
        return record


def _by_key(db: sqlite3.Connection, keys: Sequence[str]) -> dict[str, Record]:
    rows = db.execute(_BY_KEY, (json.dumps(keys),)).fetchall()
    held = _assets_of(db, [row[0] for row in rows])
    found: dict[str, Record] = {}
    for result, key, recipe, capability, out, receipt in rows:
        assets, sizes = zip(*held[result], strict=True) if result in held else ((), ())
        found[key] = Record(key, recipe, capability, out, assets, receipt, sizes)
    return found


def _assets_of(db: sqlite3.Connection, results: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    held: dict[int, list[tuple[str, int]]] = {}
    for result, sha256, size in db.execute(_HELD, (json.dumps(results),)) if results else ():
        held.setdefault(result, []).append((sha256, size))
    return held


def delete_results(db: sqlite3.Connection, keys: Sequence[str]) -> None:
    """Within a transaction: drop results, and that they hold assets."""
    rows = [(key,) for key in keys]
    db.executemany(
        "DELETE FROM result_assets WHERE result = (SELECT id FROM results WHERE key = ?)", rows
    )
    db.executemany("DELETE FROM results WHERE key = ?", rows)


def trim_timings(db: sqlite3.Connection, *, keep: int = 512) -> None:
    """Within a transaction: drop all but the newest `keep` timings of each capability."""
    for (capability,) in db.execute("SELECT DISTINCT capability FROM timings").fetchall():
        db.execute(
            "DELETE FROM timings WHERE capability = ? AND id <= (SELECT id FROM timings"
            " WHERE capability = ? ORDER BY id DESC LIMIT 1 OFFSET ?)",
            (capability, capability, keep),
        )


def _timing_of(receipt: str) -> Timing | None:
    try:
        facts = json.loads(receipt)
        return float(facts["amount"]), float(facts["wall_s"]), receipt
    except (ValueError, KeyError, TypeError):
        return None  # a receipt that measured nothing teaches nothing
