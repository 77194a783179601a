"""Checking files: a few checking processes, this home's own log, and the judge.

Nothing here opens a file that is checked: that is `look.py`'s, in another process.
"""

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from berg.provenance.verify.judge import judge, unchecked
from berg.provenance.verify.ledger import LogLookup, NoLog
from berg.provenance.verify.orders import Inquiry, Orders, Sighting, StoredManifest
from berg.provenance.verify.process import Checker, Died
from berg.provenance.verify.report import Demands, MarkLayer, Report, Seen
from berg.provenance.verify.unknown import unknown

LEAST_S = 180.0
"""Seconds that any file may take."""
BYTES_PER_S = 20_000_000
"""A large file may take longer: so many bytes are looked through in a second, at the least."""
MANIFEST_S = 20.0
"""Seconds that reading one stored manifest may take."""

OnReport = Callable[[int, Report], None]
"""Told of each report as it comes: how many there are now, and the latest."""
Looked = tuple[int, Seen | str, float]
"""The file's place, what was seen or why nothing was, and the seconds that took."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verifier:
    """Checks files as one user on one home would."""

    orders: Orders
    demands: Demands = field(default_factory=Demands)
    ledger: LogLookup = field(default_factory=NoLog)
    quick: bool = False
    """Don't look for watermarks: many times faster."""
    limit_s: float = LEAST_S
    """Seconds that a small file may take."""

    def check(
        self, files: Sequence[Path], *, side_by_side: int = 1, progress: OnReport | None = None
    ) -> tuple[Report, ...]:
        """One report for each file, in their order. Never raises for what a file holds."""
        reports: dict[int, Report] = {}
        with self._looking(files, side_by_side) as looked:
            for _ in files:
                at, seen, seconds = looked.get()
                reports[at] = self._report(files[at], seen, seconds)
                if progress is not None:
                    progress(len(reports), reports[at])
        return tuple(reports[at] for at in range(len(files)))

    @contextmanager
    def _looking(
        self, files: Sequence[Path], side_by_side: int
    ) -> Iterator["queue.SimpleQueue[Looked]"]:
        """Threads that look, each with a process of its own; all are ended with the block."""
        todo: queue.SimpleQueue[int] = queue.SimpleQueue()
        looked: queue.SimpleQueue[Looked] = queue.SimpleQueue()
        for at in range(len(files)):
            todo.put(at)
        checkers = [Checker(self.orders) for _ in range(max(1, min(side_by_side, len(files))))]
        threads = [
            threading.Thread(target=self._work, args=(checker, files, todo, looked), daemon=True)
            for checker in checkers
        ]
        try:
            for thread in threads:
                thread.start()
            yield looked
        finally:
            for checker in checkers:
                checker.stop()
            for thread in threads:
                thread.join()
            for checker in checkers:
                checker.close()

    def _work(
        self,
        checker: Checker,
        files: Sequence[Path],
        todo: "queue.SimpleQueue[int]",
        looked: "queue.SimpleQueue[Looked]",
    ) -> None:
        while not checker.stopped:
            try:
                at = todo.get_nowait()
            except queue.Empty:
                return
            begun = time.monotonic()
            seen = self._look(checker, files[at])
            looked.put((at, seen, time.monotonic() - begun))

    def _look(self, checker: Checker, path: Path) -> Seen | str:
        """Look in full; if the process dies of it, once more without the search for watermarks."""
        limit_s = self.limit_s + _size(path) / BYTES_PER_S
        try:
            return _ask(checker, path, quick=self.quick, limit_s=limit_s)
        except Died as died:
            cause = str(died)
        if self.quick or checker.stopped:
            return cause
        try:
            seen = _ask(checker, path, quick=True, limit_s=limit_s)
        except Died as died:
            return str(died)
        if isinstance(seen, str):
            return seen
        return seen.model_copy(update={"mark": MarkLayer(looked="failed", problem=cause)})

    def _report(self, path: Path, seen: Seen | str, seconds: float) -> Report:
        if isinstance(seen, str):
            report = unread_report(path, seen)
        else:
            report = report_on(path, seen, demands=self.demands, ledger=self.ledger)
        return report.model_copy(update={"seconds": round(seconds, 3)})


def report_on(path: Path, seen: Seen, *, demands: Demands, ledger: LogLookup) -> Report:
    """What was seen of a file, with what this home's log knows of it, judged."""
    seen = seen.model_copy(update={"log": ledger.ask(seen)})
    return Report(
        path=_shown(path),
        verdict=judge(seen, demands),
        seen=seen,
        unknown=unknown(seen, demands),
    )


def unread_report(path: Path, why: str) -> Report:
    """The report on a file that could not even be opened."""
    return Report(path=_shown(path), verdict=unchecked(why))


@contextmanager
def manifest_reader() -> Iterator[Callable[[Path], StoredManifest]]:
    """Reads stored manifests, in a process of its own."""
    checker = Checker(Orders())

    def read(path: Path) -> StoredManifest:
        ask = Inquiry(what="manifest", path_hex=os.fsencode(path).hex())
        try:
            line = checker.ask(ask, limit_s=MANIFEST_S)
        except Died:
            return StoredManifest()
        return Sighting.model_validate_json(line).told or StoredManifest()

    try:
        yield read
    finally:
        checker.close()


def _ask(checker: Checker, path: Path, *, quick: bool, limit_s: float) -> Seen | str:
    ask = Inquiry(what="file", path_hex=os.fsencode(path.absolute()).hex(), quick=quick)
    line = checker.ask(ask, limit_s=limit_s)
    try:
        answer = Sighting.model_validate_json(line)
    except ValueError:
        return "the checking process gave no answer that can be read"
    return answer.seen or answer.problem or "nothing was seen"


def _size(path: Path) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "backslashreplace")
