"""A file as bytes at offsets, and a new one as pieces of it: nothing is read whole, or twice.

Every carrier reads through `SourceFile`, which never gives bytes that are not there, and writes by
naming pieces: ranges of the old file, copied as they are, and new bytes between them.
"""

import os
import struct
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from berg.errors import MediaError, StoreError

MOST_AT_ONCE = 32 << 20
"""Bytes that one read may ask for; metadata is far smaller."""
MOST_PARTS = 200_000
"""Chunks, boxes, segments or pages of one file that are walked over."""
COPY = 1 << 20

ByteRange = tuple[int, int]
"""Bytes of the old file: from, and up to but not including."""
OutputPiece = bytes | ByteRange


class SourceFile:
    """A file that is open for reading at any offset."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self.name = name
        self.size = file.seek(0, os.SEEK_END)

    def read(self, at: int, count: int) -> bytes:
        """Exactly `count` bytes. Raises MediaError when they are not there, or too many."""
        if at < 0 or count < 0 or at + count > self.size:
            self.refuse("ends too early, or lies about a length")
        if count > MOST_AT_ONCE:
            self.refuse(f"has a part of {count} bytes where a small one belongs")
        self._file.seek(at)
        found = self._file.read(count)
        if len(found) != count:
            self.refuse("became shorter while it was read")
        return found

    def some(self, at: int, count: int) -> bytes:
        """At most `count` bytes, as many as there are."""
        return self.read(at, max(0, min(count, self.size - at)))

    def number(self, form: str, at: int) -> int:
        """One integer in the form of `struct`."""
        return int(struct.unpack(form, self.read(at, struct.calcsize(form)))[0])

    def refuse(self, what: str) -> NoReturn:
        """Raise the error of a damaged file."""
        raise MediaError(
            f"{self.name}: {what}; save it again with the tool that made it", where=self.name
        )


def length(pieces: Iterable[OutputPiece]) -> int:
    """Bytes that pieces come to."""
    return sum(len(p) if isinstance(p, bytes) else p[1] - p[0] for p in pieces)


def copy_pieces(file: SourceFile, pieces: Iterable[OutputPiece], target: Path) -> None:
    """Write pieces to `target`: whole, or not at all.

    Raises:
        StoreError: the disk doesn't take it.
    """
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        with part.open("wb") as out:
            for piece in pieces:
                for block in _blocks(file, piece):
                    out.write(block)
        part.replace(target)
    except OSError as error:
        raise StoreError(f"can't write {target.name}: {error}", where=str(target)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _blocks(file: SourceFile, piece: OutputPiece) -> Iterable[bytes]:
    if isinstance(piece, bytes):
        yield piece
        return
    for at in range(piece[0], piece[1], COPY):
        yield file.read(at, min(COPY, piece[1] - at))
