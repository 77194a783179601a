"""JPEG: the label in the XMP packet of an APP1 segment (TC260-PG-20259A).

Read besides: Extended XMP (ISO 16684-3), EXIF, and segments that hold a bare label. Only segments
before the first scan are looked at; all that follows is copied as it is.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import exif, xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, xmp_texts
from berg.carriers.aigc.source import OutputPiece, SourceFile
from berg.carriers.aigc.xmp_walk import MOST_PACKET, NotXmpError

RIGHT = "XMP (JPEG APP1)"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_EXIF = b"Exif\0\0"
_MOST_SEGMENTS = 4096
_MOST_EXTENDED = MOST_PACKET
_ROOM = 65_533
"""Bytes that a segment holds beside its marker and length."""


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    at: int
    end: int
    data: bytes


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the order of the file, those of Extended XMP last."""
    segments = list(_segments(file))
    for segment in segments:
        if segment.data.startswith(_XMP):
            yield from xmp_texts(RIGHT, segment.data[len(_XMP) :])
        elif segment.data.startswith(_EXIF):
            yield from exif.texts(segment.data[6:])
        else:
            yield from _bare(segment)
    for packet in _extended(segments).values():
        yield from xmp_texts("Extended XMP (JPEG APP1)", packet)


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The picture with this label alone; its XMP stands behind JFIF and EXIF."""
    segments = list(_segments(file))
    packets = [s.data[len(_XMP) :] for s in segments if s.data.startswith(_XMP)]
    extended, renamed = _without_extended(segments)
    packet = xmp.with_label(packets[0] if packets else None, text)
    for old, new in renamed.items():
        packet = packet.replace(old, new)
    yield (0, 2)
    leading = True
    for segment in segments:
        if leading and not _leads(segment):
            leading = False
            yield from (_xmp_segment(file, packet), *extended)
        yield from _kept(segment)
    if leading:
        yield from (_xmp_segment(file, packet), *extended)
    yield (segments[-1].end if segments else 2, file.size)


def _leads(segment: _Segment) -> bool:
    return segment.marker == 0xE0 or segment.data.startswith(_EXIF)


def _kept(segment: _Segment) -> Iterator[OutputPiece]:
    data = segment.data
    if data.startswith((_XMP, _EXTENDED)) or any(True for _ in _bare(segment)):
        return
    if data.startswith(_EXIF) and exif.blanked(data[6:]) != data[6:]:
        yield _segment(segment.marker, _EXIF + exif.blanked(data[6:]))
    else:
        yield (segment.at, segment.end)


def _bare(segment: _Segment) -> Iterator[PlacedText]:
    """A label that is a segment's whole content, or a comment."""
    data = segment.data
    if segment.marker == 0xFE:
        yield from maybe_text("JPEG comment", data.decode("utf-8", "replace"))
    elif 0xE0 <= segment.marker <= 0xEF and (data[:4] == b"AIGC" or data[:1] == b"{"):
        place = f"JPEG APP{segment.marker - 0xE0}"
        yield from maybe_text(place, data.decode("utf-8", "replace"))


def _xmp_segment(file: SourceFile, packet: bytes) -> bytes:
    if len(packet) + len(_XMP) > _ROOM:
        packet = xmp.unpadded(packet)
    if len(packet) + len(_XMP) > _ROOM:
        file.refuse("has so much XMP that no label fits beside it")
    return _segment(0xE1, _XMP + packet)


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def _extended(segments: list[_Segment]) -> dict[bytes, bytes]:
    """Extended packets by their 32-digit names, put together."""
    parts: dict[bytes, dict[int, bytes]] = {}
    for segment in segments:
        if segment.data.startswith(_EXTENDED):
            rest = segment.data[len(_EXTENDED) :]
            if len(rest) >= 40:
                parts.setdefault(rest[:32], {})[struct.unpack(">I", rest[36:40])[0]] = rest[40:]
    joined = {}
    for name, pieces in list(parts.items())[:4]:
        whole = b"".join(pieces[offset] for offset in sorted(pieces))
        if len(whole) <= _MOST_EXTENDED:
            joined[name] = whole
    return joined


def _without_extended(segments: list[_Segment]) -> tuple[list[bytes], dict[bytes, bytes]]:
    """Segments of Extended XMP without labels, and the new names that their content gives them."""
    made: list[bytes] = []
    renamed: dict[bytes, bytes] = {}
    for name, packet in _extended(segments).items():
        try:
            clean = xmp.without_label(packet) if xmp.values_in(packet) else packet
        except NotXmpError:
            continue
        new = name
        if clean != packet:
            new = hashlib.md5(clean, usedforsecurity=False).hexdigest().upper().encode()
            renamed[name] = new
        for at in range(0, len(clean), 65_400):
            head = _EXTENDED + new + struct.pack(">II", len(clean), at)
            made.append(_segment(0xE1, head + clean[at : at + 65_400]))
    return made, renamed


def _segments(file: SourceFile) -> Iterator[_Segment]:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        begin = at
        while file.read(at, 1) == b"\xff" and file.some(at + 1, 1) == b"\xff":
            at += 1  # fill bytes
        first, marker = file.read(at, 2)
        if first != 0xFF:
            file.refuse("has no marker where one belongs")
        if marker in (0xDA, 0xD9):
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        size = file.number(">H", at + 2)
        if size < 2:
            file.refuse("has a segment without a length")
        yield _Segment(marker, begin, at + 2 + size, file.read(at + 4, size - 2))
        at += 2 + size
    file.refuse("has too many segments")
