"""Progress over many files: redrawn on a terminal, else a line now and then; none for a few."""

import time
from pathlib import Path
from typing import TextIO

from berg.cli.text import fit, printable

_QUIET_S, _REDRAW_S, _FEW = 10.0, 0.1, 4


class Counting:
    """How many files are done: redrawn on a terminal, else a line now and then."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._live = stream is not None and stream.isatty()
        self._total = self._bad = 0
        self._spoken = time.monotonic()

    def begun(self, total: int) -> None:
        """So many files will be checked."""
        self._total = total

    def done(self, count: int, path: Path, sound: bool) -> None:
        """One more is."""
        self._bad += not sound
        now = time.monotonic()
        if self._total < _FEW or now - self._spoken < (_REDRAW_S if self._live else _QUIET_S):
            return
        self._spoken = now
        line = f"{count}/{self._total} checked, {self._bad} not sound, {printable(str(path))}"
        self._write(f"\r\x1b[K{fit(line, 79)}" if self._live else f"{line}\n")

    def close(self) -> None:
        """Take the line away."""
        if self._live and self._total >= _FEW:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None
