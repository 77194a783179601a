"""Scratch: a sound on disk, float32 at 48 kHz, read and written in pieces.

What keeps memory flat however long a film is: nothing here maps or holds a whole sound. Not a
format for keeping: bytes in the machine's order, no header.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

RATE = 48_000
"""Hz of everything between reading and encoding."""

Block = npt.NDArray[np.float32]
"""Samples, shape (n, channels); full scale is 1.0, and more is allowed."""


class Scratch:
    """A growing file of samples; outside of what was written it reads as silence."""

    def __init__(self, path: Path, *, channels: int = 2) -> None:
        self.channels = channels
        self.samples = 0
        self._width = 4 * channels
        self._file = path.open("w+b", buffering=0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def write(self, start: int, block: Block) -> None:
        """Put samples at a place; a gap before it is silence."""
        self._file.seek(start * self._width)
        data = memoryview(block.astype(np.float32).tobytes())
        while data:
            data = data[self._file.write(data) :]
        self.samples = max(self.samples, start + len(block))

    def append(self, block: Block) -> None:
        """Put samples at the end."""
        self.write(self.samples, block)

    def add(self, start: int, block: Block) -> None:
        """Mix samples into what lies there."""
        self.write(start, self.read(start, len(block)) + block)

    def read(self, start: int, count: int) -> Block:
        """Samples `start` to `start + count`, shape (count, channels); `start` may be negative."""
        out = np.zeros((count, self.channels), np.float32)
        first, end = max(start, 0), min(start + count, self.samples)
        if first < end:
            self._file.seek(first * self._width)
            data = self._file.read((end - first) * self._width)
            got = np.frombuffer(data, np.float32).reshape(-1, self.channels)
            out[first - start : first - start + len(got)] = got
        return out

    def blocks(self, size: int = RATE) -> Iterator[Block]:
        """All samples in order, at most `size` at a time."""
        for start in range(0, self.samples, size):
            yield self.read(start, min(size, self.samples - start))
