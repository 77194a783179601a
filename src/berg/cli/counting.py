"""Progress over many files: redrawn on a terminal, else a line now and then; none for a few.

Also the one way in which progress is written: nobody need read it.
"""

import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.text import fit, plural, printable

QUIET_S = 10.0
"""Where there is no terminal, progress is a line in so many seconds."""
_REDRAW_S, _FEW = 0.1, 4


class Writer:
    """Writes to a stream until nobody reads it any more; then the work goes on in silence."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def __call__(self, text: str) -> None:
        """Write it, and have it seen at once."""
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None


class Counting:
    """How many files are done: redrawn on a terminal, else a line now and then."""

    def __init__(
        self, stream: TextIO | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._write = Writer(stream)
        self._clock = clock
        self._live = stream is not None and stream.isatty()
        self._total = self._bad = 0
        self._spoken = clock()

    def begun(self, total: int) -> None:
        """`total` files will be checked."""
        self._total = total
        if self._live:
            self._write(f"checking {plural(total, 'file')} …")

    def done(self, count: int, path: object, sound: bool) -> None:
        """One more file is done."""
        self._bad += not sound
        now = self._clock()
        if self._total < _FEW or now - self._spoken < (_REDRAW_S if self._live else QUIET_S):
            return
        self._spoken = now
        line = f"{count}/{self._total} checked, {self._bad} not sound, {printable(str(path))}"
        self._write(f"\r\x1b[K{fit(line, 79)}" if self._live else f"{line}\n")

    def close(self) -> None:
        """Take the line away."""
        if self._live:
            self._write("\r\x1b[K")
