"""TIFF and BigTIFF: the label in the XMP of IFD0, tag 700 (TC260-PG-20259A).

IFD0 is written anew at the end of the file and the header points to it; strips, tiles and other
directories keep their places. The old XMP is overwritten with zeros, so that no second label
stays. (TIFF 6.0; BigTIFF by libtiff; XMP Specification, Part 3.)
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, xmp_texts
from berg.carriers.aigc.source import OutputPiece, SourceFile
from berg.carriers.aigc.study import looks_like_label
from berg.carriers.aigc.xmp_walk import MOST_PACKET

RIGHT = "XMP (TIFF tag 700)"
_XMP_TAG, _UNDEFINED = 700, 7
_EXIF_IFD, _COMMENT = 0x8769, 0x9286
_TEXT_TAGS = {270: "TIFF ImageDescription", 315: "TIFF Artist", _COMMENT: "EXIF UserComment"}
_MOST_ENTRIES = 4096
_BYTES = (1, 2, 7)


@dataclass(frozen=True, slots=True)
class _Form:
    """How numbers are written."""

    order: str
    big: bool

    def pack(self, form: str, *values: int) -> bytes:
        return struct.pack(self.order + form, *values)

    @property
    def width(self) -> int:
        """Bytes of an offset, and of the value field."""
        return 8 if self.big else 4

    @property
    def offset(self) -> str:
        return "Q" if self.big else "I"


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    count: int
    raw: bytes
    at: int
    """Offset of the bytes that it stands for, when they are single bytes."""


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in IFD0 and its EXIF."""
    form = _form(file)
    for entry in _all_entries(file, form):
        if entry.kind not in _BYTES or entry.count > MOST_PACKET:
            continue
        if entry.tag == _XMP_TAG:
            yield from xmp_texts(RIGHT, file.read(entry.at, entry.count))
        elif entry.tag in _TEXT_TAGS:
            yield from maybe_text(_TEXT_TAGS[entry.tag], _said(file, entry))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The picture with this label alone."""
    form = _form(file)
    first, begin = _first(file, form)
    entries, after = _directory(file, form, first)
    old = next((e for e in entries if e.tag == _XMP_TAG and e.kind in _BYTES), None)
    readable = old is not None and old.count <= MOST_PACKET
    packet = file.read(old.at, old.count) if old is not None and readable else None
    new = xmp.with_label(packet, text)
    at = file.size + file.size % 2
    kept = [entry for entry in entries if entry.tag != _XMP_TAG]
    where = at + _length(form, len(kept) + 1)
    if not form.big and where + len(new) > 0xFFFFFFFF:
        file.refuse("would be larger than TIFF can say")
    yield from _patched(file, form, begin, at)
    yield b"\0" * (file.size % 2) + _written(form, kept, after, (len(new), where)) + new


def _written(form: _Form, kept: list[_Entry], after: bytes, packet: tuple[int, int]) -> bytes:
    count, where = packet
    ours = form.pack(f"HH{form.offset}{form.offset}", _XMP_TAG, _UNDEFINED, count, where)
    rows = sorted([*((e.tag, e.raw) for e in kept), (_XMP_TAG, ours)])
    return form.pack("Q" if form.big else "H", len(rows)) + b"".join(r for _, r in rows) + after


def _length(form: _Form, count: int) -> int:
    return (8 + 20 * count + 8) if form.big else (2 + 12 * count + 4)


def _patched(file: SourceFile, form: _Form, begin: int, at: int) -> Iterator[OutputPiece]:
    """The file with its header pointing to `at`, and old labels overwritten."""
    holes = {begin: form.pack(form.offset, at)}
    for entry in _all_entries(file, form):
        if entry.kind not in _BYTES or entry.count > MOST_PACKET or entry.count <= form.width:
            continue
        if entry.tag == _XMP_TAG:
            holes[entry.at] = bytes(entry.count)
        elif entry.tag in _TEXT_TAGS and looks_like_label(_said(file, entry)):
            skip = 8 if entry.tag == _COMMENT else 0
            holes[entry.at + skip] = b" " * (entry.count - skip)
    done = 0
    for hole, data in sorted(holes.items()):
        if hole >= done:
            yield from ((done, hole), data)
            done = hole + len(data)
    yield (done, file.size)


def _form(file: SourceFile) -> _Form:
    return _Form("<" if file.read(0, 2) == b"II" else ">", file.read(2, 2).strip(b"\0") == b"+")


def _first(file: SourceFile, form: _Form) -> tuple[int, int]:
    """Where IFD0 stands, and where that is said."""
    said = 8 if form.big else 4
    return file.number(form.order + form.offset, said), said


def _all_entries(file: SourceFile, form: _Form) -> Iterator[_Entry]:
    entries, _ = _directory(file, form, _first(file, form)[0])
    yield from entries
    for entry in entries:
        if entry.tag == _EXIF_IFD:
            place = struct.unpack(form.order + form.offset, entry.raw[-form.width :])[0]
            yield from _directory(file, form, place)[0]
            return


def _directory(file: SourceFile, form: _Form, at: int) -> tuple[list[_Entry], bytes]:
    """Entries, and the offset of the next directory as it is written."""
    count = file.number(form.order + ("Q" if form.big else "H"), at)
    if not 0 < count <= _MOST_ENTRIES:
        file.refuse("has a directory without a sensible length")
    size, begin = (20, at + 8) if form.big else (12, at + 2)
    raw = file.read(begin, size * count + form.width)
    rows = [raw[i * size : (i + 1) * size] for i in range(count)]
    return [_entry(form, row, begin + i * size) for i, row in enumerate(rows)], raw[size * count :]


def _entry(form: _Form, raw: bytes, at: int) -> _Entry:
    tag, kind, count = struct.unpack_from(form.order + "HH" + form.offset, raw)
    inline = at + len(raw) - form.width
    far = struct.unpack(form.order + form.offset, raw[-form.width :])[0]
    return _Entry(tag, kind, count, raw, inline if count <= form.width else far)


def _said(file: SourceFile, entry: _Entry) -> str:
    raw = file.read(entry.at, entry.count)
    if entry.tag == _COMMENT:
        wide = raw[:8] == b"UNICODE\0"
        order = "utf-16-le" if file.read(0, 2) == b"II" else "utf-16-be"
        return raw[8:].decode(order if wide else "utf-8", "replace").strip("\0 ")
    return raw.decode("utf-8", "replace").strip("\0 ")
