"""Boxes of ISO base media files (ISO/IEC 14496-12): walking them, in a file and in memory."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.source import MOST_PARTS, SourceFile


@dataclass(frozen=True, slots=True)
class IsoBox:
    """One box: where it begins, where its content does, and where it ends."""

    name: bytes
    at: int
    inside: int
    end: int


def top_boxes(file: SourceFile) -> Iterator[IsoBox]:
    """The boxes of a file, `mdat` and all, without reading them."""
    at = 0
    for _ in range(MOST_PARTS):
        if at == file.size:
            return
        if file.size - at < 8:
            if file.read(at, file.size - at).strip(b"\0"):
                file.refuse("ends inside a box")
            return
        box = _box(file.some(at, 16), at, file.size)
        if box is None:
            file.refuse("has a box that lies about its length")
        yield box
        at = box.end
    file.refuse("has too many boxes")


def inner_boxes(data: bytes, begin: int = 0, end: int | None = None) -> Iterator[IsoBox]:
    """Boxes inside bytes, up to the first that doesn't fit."""
    at, end = begin, len(data) if end is None else end
    for _ in range(MOST_PARTS):
        box = _box(data[at : min(at + 16, end)], at, end) if end - at >= 8 else None
        if box is None:
            return
        yield box
        at = box.end


def boxed(name: bytes, *parts: bytes) -> bytes:
    """A box of parts."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def _box(head: bytes, at: int, end: int) -> IsoBox | None:
    size, name = struct.unpack(">I4s", head[:8])
    inside = at + 8
    if size == 1:
        if len(head) < 16:
            return None
        size, inside = struct.unpack(">Q", head[8:16])[0], at + 16
    elif size == 0:
        size = end - at
    if at + size > end or at + size < inside:
        return None
    return IsoBox(name, at, inside, at + size)
