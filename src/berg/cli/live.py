"""Progress on a terminal: counts and the steps under way, redrawn in place."""

import shutil
import threading
import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.progress import Progress, row_counts, signed_counts
from berg.cli.tally import Under
from berg.cli.text import fit, printable
from berg.schema.events import Event, FilesSigned, RowsCounted, RunPlanned, StepMade

REFRESH_S = 0.2
"""Often enough to look alive; also while no step reports anything."""
ERASE = "\x1b[{lines}A\x1b[J"
"""ECMA-48: cursor up, erase below."""


class LiveProgress(Progress):
    """Finished steps don't scroll by; notices do, above the live lines.

    A thread of its own redraws, so that the time left goes on while a long step says nothing.
    """

    def __init__(self, stream: TextIO | None, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(stream, clock=clock)
        self._drawn = 0
        self._lock = threading.RLock()
        self._ended = threading.Event()
        self._ticker: threading.Thread | None = None

    def event(self, event: Event) -> None:
        """What it means shows at the next redraw."""
        with self._lock:
            super().event(event)
            if isinstance(event, RunPlanned | RowsCounted):
                self._begin()

    def _begin(self) -> None:
        if self._ticker is None and not self._ended.is_set():
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()

    def _shares(self, name: str) -> None:
        """Shown as a step under way, without a bar."""

    def _made(self, event: StepMade) -> None:
        self.tally.finished(event.name, seconds=event.seconds)

    def _count_rows(self, progress: RowsCounted) -> None:
        self._rows = row_counts(progress)

    def _signed(self, event: FilesSigned) -> None:
        self._rows = signed_counts(event)

    def _sign_of_life(self) -> None:
        """There is always one."""

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
        most = max(1, height - 3) if self._rows is None else 0
        under = list(self.tally.running.items())[:most]
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
