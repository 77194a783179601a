"""EXIF as a place in which tools leave labels: UserComment and ImageDescription. Read and blanked.

Not a carrier that berg writes: the guides put a picture's label into XMP. Values are blanked in
place, so that no offset moves. (CIPA DC-008, TIFF 6.0.)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.places import PlacedText, maybe_text
from berg.carriers.aigc.study import looks_like_label

_EXIF_IFD = 0x8769
_NAMES = {0x9286: "EXIF UserComment", 0x010E: "EXIF ImageDescription", 0x013B: "EXIF Artist"}
_MOST_ENTRIES = 512
_CHARSETS = {b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "utf-8"}
_SIZES = {1: 1, 2: 1, 7: 1}


@dataclass(frozen=True, slots=True)
class _Value:
    tag: int
    begin: int
    end: int


def texts(block: bytes) -> Iterator[PlacedText]:
    """Labels in an EXIF block, which begins with its byte order. Damage ends it, silently."""
    for value in _values(block):
        yield from maybe_text(_NAMES[value.tag], _decoded(value, block))


def blanked(block: bytes) -> bytes:
    """The block with spaces in place of labels; as long as it was."""
    made = bytearray(block)
    for value in _values(block):
        if looks_like_label(_decoded(value, block)):
            begin = value.begin + (8 if value.tag == 0x9286 else 0)
            made[begin : value.end] = b" " * (value.end - begin)
    return bytes(made)


def _decoded(value: _Value, block: bytes) -> str:
    raw = block[value.begin : value.end]
    if value.tag != 0x9286:
        return raw.decode("utf-8", "replace").strip("\0 ")
    charset = _CHARSETS.get(raw[:8], "utf-8")
    if charset == "utf-16":
        charset = "utf-16-le" if block[:2] == b"II" else "utf-16-be"
        wide = raw[8:].decode(charset, "replace")
        other = "utf-16-be" if charset.endswith("le") else "utf-16-le"
        return wide if "{" in wide else raw[8:].decode(other, "replace").strip("\0 ")
    known = raw[:8] in (b"ASCII\0\0\0", b"\0" * 8, *_CHARSETS)
    return raw[8 if known else 0 :].decode(charset, "replace").strip("\0 ")


def _values(block: bytes) -> Iterator[_Value]:
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 8:
        return
    first = struct.unpack_from(order + "I", block, 4)[0]
    seen: set[int] = set()
    waiting = [first]
    while waiting:
        at = waiting.pop()
        if at in seen or len(seen) > 4:
            continue
        seen.add(at)
        for tag, kind, count, where in _entries(block, at, order):
            if tag == _EXIF_IFD:
                waiting.append(struct.unpack_from(order + "I", block, where)[0])
            elif tag in _NAMES and kind in _SIZES:
                begin = where if count <= 4 else struct.unpack_from(order + "I", block, where)[0]
                if begin + count <= len(block):
                    yield _Value(tag, begin, begin + count)


def _entries(block: bytes, at: int, order: str) -> Iterator[tuple[int, int, int, int]]:
    """Tag, type, count and the offset of the value field."""
    if at + 2 > len(block):
        return
    count = min(struct.unpack_from(order + "H", block, at)[0], _MOST_ENTRIES)
    for index in range(count):
        place = at + 2 + index * 12
        if place + 12 > len(block):
            return
        tag, kind, many = struct.unpack_from(order + "HHI", block, place)
        yield tag, kind, many, place + 8
