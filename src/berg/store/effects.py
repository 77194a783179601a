"""Effects: what was done to the world beyond the store, so that it is not done twice.

Signing and logging are not pure, so their results are no objects. Here stands only that they were
done, under a digest of all that they depend on; where the outcome lies is in the record.
"""

import sqlite3
import time

from berg.store.database import Database


class LocalEffects:
    """The effects of one home; keeps the contract of `interface.Effects`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, key: str) -> str | None:
        """The record of an effect, None if it was not done."""
        row = self._db.one("SELECT record FROM effects WHERE key = ?", (key,))
        return None if row is None else str(row[0])

    def keep(self, key: str, record: str) -> None:
        """Say that an effect was done; a later record takes the place of the one before."""

        def work(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT OR REPLACE INTO effects (key, record, done) VALUES (?, ?, ?)",
                (key, record, time.time()),
            )

        self._db.change(work)
