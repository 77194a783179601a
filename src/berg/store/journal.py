"""Journal: what live runs use, written to the index in batches, without a gap for the collector.

A result that a run has found must not be collected before the run's use of it is on record. So
from before a look-up until its use is written the process passes the gate (`locks.Gate`), which
the collector goes through alone. Batches are written by a thread of their own, a moment later.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.database import Database
from berg.store.layout import HomeLayout
from berg.store.locks import Gate, Pass
from berg.store.record import Record
from berg.store.results import USE

_DELAY_S = 0.05
"""How long uses gather before they are written; also how long the collector waits for us."""

_NOTE = (
    "INSERT INTO run_steps (run, name, key, state) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (run, name) DO UPDATE SET key = excluded.key, state = excluded.state"
)


class RunJournal:
    """The uses and notes of this process's live runs."""

    def __init__(self, layout: HomeLayout, db: Database, gate: Gate) -> None:
        self._layout = layout
        self._db = db
        self._gate = gate
        self._lock = threading.Lock()
        """Held while a look-up or a write goes on: may take a while."""
        self._noting = threading.Lock()
        """Held for an instant: an event loop may take it."""
        self._wake = threading.Event()
        self._done = threading.Event()
        self._live: set[str] = set()
        self._uses: set[tuple[str, str]] = set()
        self._notes: dict[tuple[str, str], tuple[str | None, str]] = {}
        self._pass: Pass | None = None
        self._writer: threading.Thread | None = None
        self._error: StoreError | None = None

    def opened(self, run: str) -> None:
        """A run of this process has begun."""
        with self._lock:
            self._live.add(run)
            if self._writer is None:
                self._done = threading.Event()
                self._writer = threading.Thread(
                    target=self._write_on, args=(self._done,), name="berg-journal", daemon=True
                )
                self._writer.start()

    def closed(self, run: str) -> None:
        """A run of this process has ended; all it noted is written. Raises StoreError."""
        try:
            self.flush()
        finally:
            with self._lock:
                self._live.discard(run)
                writer = None if self._live else self._writer
                if writer is not None:
                    self._writer = None
                    self._done.set()
                    self._wake.set()
            if writer is not None:
                writer.join()

    def look(
        self, find: Callable[[], Mapping[str, Record]], *, run: str | None
    ) -> Mapping[str, Record]:
        """Find results; they count as used by `run`, or else by all live runs. Raises StoreError.

        A run that is not live here uses nothing.
        """
        with self._lock:
            users = self._live if run is None else self._live & {run}
            if not users:
                return find()
            self._enter()
            found = find()
            self._uses.update((user, key) for user in users for key in found)
        return found

    def used(self, run: str, keys: Iterable[str]) -> None:
        """A run needs these results. Raises StoreError if earlier ones couldn't be written."""
        with self._lock:
            self._enter()
            self._uses.update((run, key) for key in keys)

    def noted(self, run: str, name: str, key: str | None, state: str) -> None:
        """A step of a run is in a state now. Waits for nothing. Raises as `used`."""
        self._check()
        with self._noting:
            self._notes[run, name] = (key, state)
        self._wake.set()

    def flush(self) -> None:
        """Write what has gathered, and leave the gate. Raises StoreError; nothing is lost by it."""
        with self._lock:
            self._check()
            try:
                self._write()
            finally:
                if self._pass is not None:
                    self._pass.release()
                    self._pass = None

    def _enter(self) -> None:
        self._check()
        if self._pass is None:
            with disk(self._layout.locks):
                self._pass = self._gate.shared()
            self._wake.set()

    def _check(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _write(self) -> None:
        with self._noting:
            noted, self._notes = self._notes, {}
        if not (self._uses or noted):
            return
        notes = [(run, name, *note) for (run, name), note in noted.items()]

        def work(db: sqlite3.Connection) -> None:
            db.executemany(USE, [(key, run) for run, key in sorted(self._uses)])
            db.executemany(_NOTE, notes)

        try:
            self._db.change(work)
        except BaseException:
            with self._noting:
                self._notes = {**noted, **self._notes}
            raise
        self._uses.clear()

    def _write_on(self, done: threading.Event) -> None:
        """The writer's thread: until the last run has ended."""
        while not done.is_set():
            self._wake.wait()
            self._wake.clear()
            done.wait(_DELAY_S)
            try:
                self.flush()
            except StoreError as error:
                self._error = error  # told to whoever notes something next
