"""Journal: what live runs use, written to the index in batches, without a gap for the collector.

A result that a run has found must not be collected before the run's use of it is on record. So
from before a look-up until its use is written the process passes the gate (`locks.Gate`), which
the collector goes through alone. Batches are written by a thread of their own, a moment later.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.index import Index
from berg.store.layout import Layout
from berg.store.locks import Gate, Pass
from berg.store.record import Record
from berg.store.results import LINK, USE

_DELAY_S = 0.05
"""How long uses gather before they are written; also how long the collector waits for us."""

_NOTE = (
    "INSERT INTO run_steps (run, name, key, state) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (run, name) DO UPDATE SET key = excluded.key, state = excluded.state"
)


class Journal:
    """The uses, notes and links of this process's live runs."""

    def __init__(self, layout: Layout, index: Index, gate: Gate) -> None:
        self._layout = layout
        self._index = index
        self._gate = gate
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._done = threading.Event()
        self._live: set[str] = set()
        self._uses: set[tuple[str, str]] = set()
        self._notes: dict[tuple[str, str], tuple[str | None, str]] = {}
        self._links: dict[str, str] = {}
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

    def look(self, find: Callable[[], Record | None]) -> Record | None:
        """Find a result; if there are live runs, it counts as used by them. Raises StoreError."""
        if not self._live:
            return find()
        with self._lock:
            self._enter()
            record = find()
            if record is not None:
                for run in self._live:
                    self._uses.add((run, record.key))
        return record

    def used(self, run: str, keys: Iterable[str]) -> None:
        """A run needs these results. Raises StoreError if earlier ones couldn't be written."""
        with self._lock:
            self._enter()
            self._uses.update((run, key) for key in keys)

    def noted(self, run: str, name: str, key: str | None, state: str) -> None:
        """A step of a run is in a state now. Raises as `used`."""
        with self._lock:
            self._enter()
            self._notes[run, name] = (key, state)

    def linked(self, recipe: str, key: str) -> None:
        """A recipe came to a result that was there. Raises as `used`."""
        with self._lock:
            self._enter()
            self._links[recipe] = key

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
        if not (self._uses or self._notes or self._links):
            return
        notes = [(run, name, *note) for (run, name), note in self._notes.items()]

        def work(db: sqlite3.Connection) -> None:
            db.executemany(USE, sorted(self._uses))
            db.executemany(_NOTE, notes)
            db.executemany(LINK, self._links.items())

        self._index.change(work)
        self._uses.clear()
        self._notes.clear()
        self._links.clear()

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
