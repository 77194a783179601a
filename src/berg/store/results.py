"""Results: what steps gave, by key and by recipe, and how long steps of each kind took.

The first result under a key stays, unless its objects are gone: then the new one takes its place.
"""

import json
import sqlite3
import time
from collections.abc import Callable

from berg import faults
from berg.store.index import Index
from berg.store.recent import Recent
from berg.store.record import Record

_COLUMNS = "results.key, results.recipe, capability, out, assets, receipt"
_BY_KEY = f"SELECT {_COLUMNS} FROM results WHERE key = ?"
_BY_RECIPE = (
    f"SELECT {_COLUMNS} FROM recipes JOIN results ON results.key = recipes.key"
    " WHERE recipes.recipe = ?"
)
_INSERT = (
    "INSERT INTO results (key, recipe, capability, out, assets, receipt, created)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
LINK = "INSERT OR REPLACE INTO recipes (recipe, key) VALUES (?, ?)"
"""SQL by which a recipe is said to lead to a key."""

USE = "INSERT OR IGNORE INTO run_results (run, key) VALUES (?, ?)"
"""SQL by which a run is said to need a result."""

Timing = tuple[float, float, str]
"""Amount of work, wall seconds, receipt as JSON."""


class Results:
    """The results of one home. `size_of` gives the bytes of a stored asset, None if it is gone."""

    def __init__(self, index: Index, size_of: Callable[[str], int | None]) -> None:
        self._index = index
        self._size_of = size_of
        self.sizes: Recent[int] = Recent()
        """Bytes of the assets of records handed out lately, as they were when it was committed."""

    def get(self, key: str) -> Record | None:
        """The result under a key."""
        return self._record(self._index.one(_BY_KEY, (key,)))

    def get_by_recipe(self, recipe: str) -> Record | None:
        """The latest result reached by a recipe."""
        return self._record(self._index.one(_BY_RECIPE, (recipe,)))

    def commit(self, record: Record, *, run: str | None) -> Record:
        """Keep a result, and say that `run` needs it; gives what is stored under its key now."""
        sizes = {sha256: self._size_of(sha256) for sha256 in record.assets}
        timing = _timing_of(record.receipt)

        def work(db: sqlite3.Connection) -> Record:
            stored = self._keep_first(db, record, sizes)
            if record.recipe:
                db.execute(LINK, (record.recipe, record.key))
            if run is not None:
                db.execute(USE, (run, record.key))
            if timing is not None:
                db.execute(
                    "INSERT INTO timings (capability, amount, wall_s, receipt) VALUES (?, ?, ?, ?)",
                    (record.capability, *timing),
                )
            return stored

        stored = self._index.change(work)
        faults.point("index.committed")
        return stored

    def forget(self, key: str) -> None:
        """Drop a result, so that it is made again."""
        self._index.change(lambda db: delete_results(db, [key]))

    def forget_asset(self, sha256: str) -> None:
        """Drop every result that has this asset: its bytes are gone."""
        found = self._index.all("SELECT key FROM results WHERE instr(assets, ?)", (sha256,))
        if found:
            keys = [key for (key,) in found]
            self._index.change(lambda db: delete_results(db, keys))

    def makers(self, digest: str) -> list[Record]:
        """Results that hold an asset whose digest begins so."""
        rows = self._index.all(
            f"SELECT {_COLUMNS} FROM results WHERE instr(' ' || assets, ?) LIMIT 20",
            (f" {digest}",),
        )
        return [record for row in rows if (record := self._record(row)) is not None]

    def timings(self, capability: str, *, limit: int) -> list[Timing]:
        """What steps of a capability took, newest first."""
        rows = self._index.all(
            "SELECT amount, wall_s, receipt FROM timings WHERE capability = ?"
            " ORDER BY id DESC LIMIT ?",
            (capability, limit),
        )
        return [(amount, wall_s, receipt) for amount, wall_s, receipt in rows]

    def _keep_first(
        self, db: sqlite3.Connection, record: Record, sizes: dict[str, int | None]
    ) -> Record:
        first = self._record(db.execute(_BY_KEY, (record.key,)).fetchone())
        if first is not None:
            if all(self._size_of(sha256) is not None for sha256 in first.assets):
                return first
            delete_results(db, [record.key])
        assets = " ".join(f"{sha256}:{size or 0}" for sha256, size in sizes.items())
        row = (record.key, record.recipe, record.capability, record.out, assets, record.receipt)
        db.execute(_INSERT, (*row, time.time()))
        for sha256, size in sizes.items():
            self.sizes[sha256] = size or 0
        return record

    def _record(self, row: tuple[str, ...] | None) -> Record | None:
        if row is None:
            return None
        key, recipe, capability, out, assets, receipt = row
        names = []
        for item in assets.split():
            sha256, _, size = item.partition(":")
            names.append(sha256)
            self.sizes[sha256] = int(size)
        return Record(key, recipe, capability, out, tuple(names), receipt)


def delete_results(db: sqlite3.Connection, keys: list[str]) -> None:
    """Within a transaction: drop results, and the recipes that lead to them."""
    rows = [(key,) for key in keys]
    db.executemany("DELETE FROM results WHERE key = ?", rows)
    db.executemany("DELETE FROM recipes WHERE key = ?", rows)


def assets_in_row(assets: str) -> list[str]:
    """The digests in the column `assets`: `sha256:size` items, separated by spaces."""
    return [item.partition(":")[0] for item in assets.split()]


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
