"""Progress on a terminal: counts and the steps under way, redrawn in place."""

import shutil
import threading
import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.progress import Progress, row_counts, signed_counts
from berg.cli.tally import Under
from berg.cli.text import fit, printable
from berg.engine.observer import RowProgress
from berg.schema.plan import Plan, State

REFRESH_S = 0.2
"""Often enough to look alive; also while no step reports anything."""
ERASE = "\x1b[{lines}A\x1b[J"
"""ECMA-48: cursor up, erase below."""


class LiveProgress(Progress):
    """Finished steps don't scroll by; notices do, above the live lines.

    A thread of its own redraws, so that the time left goes on while a long step says nothing.
    """

    def __init__(
        self, stream: TextIO | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(stream, clock=clock)
        self._drawn = 0
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._ticker: threading.Thread | None = None

    def planned(self, plan: Plan) -> None:
        """Begin to draw."""
        with self._lock:
            super().planned(plan)
            if self._ticker is None and not self._ended.is_set():
                self._ticker = threading.Thread(target=self._tick, daemon=True)
                self._ticker.start()

    def started(self, name: str) -> None:
        """A line more, at the next redraw."""
        with self._lock:
            self.tally.started(name)

    def progressed(self, name: str, done: float) -> None:
        """The bar grows, at the next redraw."""
        with self._lock:
            self.tally.progressed(name, done)

    def waiting(self, name: str) -> None:
        """As a step under way, without a bar."""
        with self._lock:
            self.tally.started(name, shared=True)

    def finished(self, name: str, state: State, seconds: float) -> None:
        """A line less, at the next redraw."""
        with self._lock:
            self.tally.finished(name, cached=state == "cached", seconds=seconds)

    def rows(self, progress: RowProgress) -> None:
        """One line with counts, at the next redraw."""
        with self._lock:
            self._rows = row_counts(progress)
            if self._ticker is None and not self._ended.is_set():
                self._ticker = threading.Thread(target=self._tick, daemon=True)
                self._ticker.start()

    def signed(self, done: int, total: int) -> None:
        """One line with counts, at the next redraw."""
        with self._lock:
            self._rows = signed_counts(done, total)

    def close(self) -> None:
        """Take the live lines away and stop drawing."""
        self._ended.set()
        if self._ticker is not None:
            self._ticker.join()
            self._ticker = None
        with self._lock:
            self._write(self._erased())

    def _say(self, text: str) -> None:
        with self._lock:
            self._write(f"{self._erased()}{text}\n")

    def _tick(self) -> None:
        while not self._ended.wait(REFRESH_S):
            with self._lock:
                self._draw()

    def _draw(self) -> None:
        """One write, so that nothing flickers."""
        width, height = shutil.get_terminal_size()
        under = list(self.tally.running.items())[: max(1, height - 3)]
        head = self.counts() if self._rows is None else self._rows
        lines = [head, *(_bar(name, step, width) for name, step in under)]
        text = "".join(f"{fit(line, width - 1)}\n" for line in lines)
        self._write(self._erased() + text)
        self._drawn = len(lines)

    def _erased(self) -> str:
        drawn, self._drawn = self._drawn, 0
        return ERASE.format(lines=drawn) if drawn else ""


def _bar(name: str, step: Under, width: int) -> str:
    if step.shared:
        return f"  {printable(name)}: another run is making this; it will be shared"
    wide = max(8, min(24, width // 4))
    full = round(step.share * wide)
    return f"  {'█' * full}{'░' * (wide - full)} {step.share:4.0%}  {printable(name)}"
