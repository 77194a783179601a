"""Progress on standard error: live lines on a terminal, plain lines elsewhere."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from berg.schema.plan import Plan, State

REFRESH_S = 0.2
"""Often enough to look alive."""
PLAIN_EVERY_S = 5.0
"""Without a terminal: a line for long steps now and then, not for each tick."""


@contextmanager
def progress_for(stream: TextIO) -> "Iterator[Progress]":
    """An observer that fits the stream; cleans up its live lines at the end."""
    observer = LiveProgress(stream) if stream.isatty() else Progress(stream)
    try:
        yield observer
    finally:
        observer.close()


class Progress:
    """Plain lines: what is planned, each step that starts and ends, counts, time left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._begun = time.monotonic()
        self._seconds: dict[str, float] = {}
        self._done: set[str] = set()
        self._shares: dict[str, float] = {}
        self._started: dict[str, float] = {}
        self.total = self.cached = self.ran = 0
        self._finish_s = 0.0
        self._finish_at = 0.0

    def planned(self, plan: Plan) -> None:
        """Say what is ahead, once; later rehearsals only sharpen the time left."""
        first = not self.total
        self.total = len(plan.steps)
        self._seconds = {step.name: step.seconds for step in plan.steps}
        self._finish_at = time.monotonic() + plan.finish_s
        if first:
            cached = plan.count("cached")
            ahead = f", about {duration(plan.finish_s)}" if cached < self.total else ""
            self.say(f"{self.total} steps, {cached} already there{ahead}")

    def started(self, name: str) -> None:
        """A line for a step that starts."""
        self._started[name] = time.monotonic()
        self._shares[name] = 0.0
        if self._seconds.get(name, 0.0) >= 1.0:
            self.line(f"  … {name}")

    def progressed(self, name: str, done: float) -> None:
        """Remember the share."""
        self._shares[name] = done

    def waiting(self, name: str) -> None:
        """Say that work is shared."""
        self.line(f"  … {name}: another run is making this; its result will be shared")

    def finished(self, name: str, state: State, seconds: float) -> None:
        """Count, and a line for what was made."""
        if name in self._done:
            return
        self._done.add(name)
        self._started.pop(name, None)
        if state == "cached":
            self.cached += 1
            return
        self.ran += 1
        self.line(f"  ✓ {name}  {seconds:.1f} s  {self._counts()}")

    def noticed(self, message: str) -> None:
        """Say it."""
        self.line(f"  ! {message}")

    def line(self, text: str) -> None:
        """One line, now."""
        self.say(text)

    def say(self, text: str) -> None:
        """Write a line to the stream."""
        print(text, file=self._stream, flush=True)

    def close(self) -> None:
        """Nothing to clean up."""

    def _counts(self) -> str:
        left = self._finish_at - time.monotonic()
        remaining = self.total - len(self._done)
        eta = f", about {duration(left)} left" if remaining and left > 1 else ""
        return f"[{len(self._done)}/{self.total}, {self.cached} cached{eta}]"


class LiveProgress(Progress):
    """The steps under way redrawn in place, with bars; finished ones don't scroll by."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._drawn = 0
        self._last = 0.0

    def started(self, name: str) -> None:
        """Redraw."""
        super().started(name)
        self._draw()

    def progressed(self, name: str, done: float) -> None:
        """Redraw, not too often."""
        super().progressed(name, done)
        if time.monotonic() - self._last >= REFRESH_S:
            self._draw()

    def finished(self, name: str, state: State, seconds: float) -> None:
        """Redraw."""
        super().finished(name, state, seconds)
        if state != "cached":
            self._draw()

    def line(self, text: str) -> None:
        """Only notices scroll; what runs is in the live part."""
        if text.lstrip().startswith(("!", "… ")) and "another run" in text or "!" in text[:4]:
            self._erase()
            self.say(text)

    def close(self) -> None:
        """Take the live lines away."""
        self._erase()

    def _draw(self) -> None:
        self._last = time.monotonic()
        width = shutil.get_terminal_size().columns
        lines = [f"{self._counts()[1:-1]}"]
        lines += [_bar(name, self._shares.get(name, 0.0), width) for name in self._started]
        self._erase()
        self._stream.write("".join(f"{line[: width - 1]}\n" for line in lines))
        self._stream.flush()
        self._drawn = len(lines)

    def _erase(self) -> None:
        if self._drawn:
            self._stream.write(f"\x1b[{self._drawn}A\x1b[J")
            self._drawn = 0


def _bar(name: str, share: float, width: int) -> str:
    cells = max(8, min(24, width // 4))
    full = round(share * cells)
    return f"  {'█' * full}{'░' * (cells - full)} {share:4.0%}  {name}"


def duration(seconds: float) -> str:
    """`8 s`, `2 min 10 s`, `1 h 5 min`."""
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} s"
    if whole < 5400:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


__all__ = ["LiveProgress", "Progress", "duration", "progress_for"]
