"""Offsets into a film's media, when the index before it grows. (ISO/IEC 14496-12.)"""

import struct
from collections.abc import Callable

import numpy as np

from berg.carriers.aigc.boxes import boxed, inner_boxes
from berg.carriers.aigc.source import SourceFile

_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"moof", b"traf", b"mfra")
_MOST_DEPTH = 8
_LARGEST = 0xFFFFFFFF
_Change = Callable[[bytes, bytes], bytes | None]
"""Takes a box's name and the whole of it; gives the new one, or None to leave it."""


class _TooLargeError(Exception):
    """An offset needs more than 32 bits."""


def grown(file: SourceFile, moov: bytes, *, was: int, end: int) -> tuple[bytes, int]:
    """The new index with offsets that fit it, and by how much it grew.

    `was` is the old index's size in bytes and `end` where it ended: what lay behind it moves.
    When 32 bits no longer hold an offset, all are written with 64, and the index grows once more.
    """
    try:
        growth = len(moov) - was
        return changed(moov, lambda n, b: _moved(file, n, b, end, growth)), growth
    except _TooLargeError:
        wide = changed(moov, _widened)
        growth = len(wide) - was
        return changed(wide, lambda n, b: _moved(file, n, b, end, growth)), growth


def moved_fragment(file: SourceFile, box: bytes, *, end: int, growth: int) -> bytes:
    """A `moof` or `mfra` box whose absolute offsets are moved."""
    return changed(box, lambda n, b: _moved(file, n, b, end, growth))


def changed(box: bytes, change: _Change, depth: int = 0) -> bytes:
    """A box in which `change` was applied to every box that holds offsets."""
    name = box[4:8]
    new = change(name, box)
    if new is not None:
        return new
    if name not in _CONTAINERS or depth > _MOST_DEPTH:
        return box
    begin = 16 if box[:4] == b"\0\0\0\1" else 8
    inner = [(b.at, b.end) for b in inner_boxes(box, begin)]
    made = [changed(box[a:e], change, depth + 1) for a, e in inner]
    rest = box[inner[-1][1] :] if inner else box[begin:]
    return boxed(name, *made, rest)


def _moved(file: SourceFile, name: bytes, box: bytes, end: int, growth: int) -> bytes | None:
    if name in (b"stco", b"co64"):
        return _moved_table(file, box, ">u4" if name == b"stco" else ">u8", end, growth)
    if name == b"tfhd" and len(box) >= 24 and box[11] & 1:
        base = struct.unpack(">Q", box[16:24])[0]
        return box[:16] + struct.pack(">Q", base + growth * (base >= end)) + box[24:]
    if name == b"tfra":
        return _moved_tfra(file, box, end, growth)
    return None


def _moved_table(file: SourceFile, box: bytes, form: str, end: int, growth: int) -> bytes:
    count = _count(file, box, int(form[2]))
    table = np.frombuffer(box, dtype=form, count=count, offset=16).astype(np.int64)
    table = np.where(table >= end, table + growth, table)
    if form == ">u4" and count and int(table.max()) > _LARGEST:
        raise _TooLargeError
    return box[:16] + table.astype(form).tobytes() + box[16 + count * int(form[2]) :]


def _widened(name: bytes, box: bytes) -> bytes | None:
    if name != b"stco":
        return None
    count = min(struct.unpack(">I", box[12:16])[0], (len(box) - 16) // 4)
    table = np.frombuffer(box, dtype=">u4", count=count, offset=16)
    return boxed(b"co64", box[8:16], table.astype(">u8").tobytes())


def _count(file: SourceFile, box: bytes, width: int) -> int:
    count = struct.unpack(">I", box[12:16])[0] if len(box) >= 16 else 0
    if len(box) < 16 or 16 + count * width > len(box):
        file.refuse("has a table of offsets that lies about its length")
    return int(count)


def _moved_tfra(file: SourceFile, box: bytes, end: int, growth: int) -> bytes:
    """`mfra`'s table: per entry a time, an offset, and three numbers of one to four bytes."""
    if len(box) < 24:
        file.refuse("has a table of fragments that lies about its length")
    wide = box[8] == 1
    sizes = struct.unpack(">I", box[16:20])[0]
    tail = sum((sizes >> shift & 3) + 1 for shift in (4, 2, 0))
    step, count = (16 if wide else 8) + tail, struct.unpack(">I", box[20:24])[0]
    if 24 + step * count > len(box):
        file.refuse("has a table of fragments that lies about its length")
    made = bytearray(box)
    form, skip = (">Q", 8) if wide else (">I", 4)
    for at in range(24 + skip, 24 + step * count, step):
        offset = struct.unpack_from(form, made, at)[0]
        moved = offset + growth * (offset >= end)
        if not 0 <= moved <= (0xFFFFFFFFFFFFFFFF if wide else _LARGEST):
            file.refuse("is too large for its table of fragments")
        struct.pack_into(form, made, at, moved)
    return bytes(made)
