"""A file that can be read for so long and so much, and no more.

What reads it is native code that can't be interrupted; but it reads through us, so a file made to
keep it busy ends as a read error.
"""

import io
import time
from typing import BinaryIO

SECONDS = 120.0
"""For checking one file: 1 GB is hashed within some seconds."""
TIMES = 8
"""How often the file may be read over."""
FREE_BYTES = 64 << 20
"""What may be read of any file, however small."""


class BoundedFile(io.RawIOBase):
    """A view of an open file, for reading."""

    def __init__(self, file: BinaryIO, *, size: int, limit_s: float = SECONDS) -> None:
        super().__init__()
        self._file = file
        self._left = size * TIMES + FREE_BYTES
        self._until = time.monotonic() + limit_s
        self.spent = False
        """Whether a limit was reached."""

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As a file's. Raises OSError once a limit is reached."""
        if self._left <= 0 or time.monotonic() > self._until:
            self.spent = True
            raise OSError("the limit for reading this file is reached")
        count: int = self._file.readinto(buffer)  # type: ignore[attr-defined]
        self._left -= max(1, count)
        return count

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self._file.tell()
