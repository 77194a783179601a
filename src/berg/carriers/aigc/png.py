"""PNG and APNG: the label in an `iTXt` chunk `XML:com.adobe.xmp` (TC260-PG-20259A).

Tools also write `tEXt`, `zTXt` or `iTXt` chunks named `AIGC`, and EXIF; those are read, and taken
out when a label is written. Pixels lie in other chunks, which are copied. (ISO/IEC 15948.)
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import exif, xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text, xmp_texts
from berg.carriers.aigc.source import MOST_PARTS, OutputPiece, SourceFile

RIGHT = "XMP (PNG iTXt)"
_XMP = b"XML:com.adobe.xmp"
_MOST_TEXT = 8 << 20
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    at: int
    """Offset of its length field."""
    size: int
    """Bytes of its data."""

    @property
    def end(self) -> int:
        return self.at + 12 + self.size


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the order of the file."""
    for chunk in _chunks(file):
        if chunk.name in _TEXTS and chunk.size <= _MOST_TEXT:
            yield from _of_text(chunk.name, file.read(chunk.at + 8, chunk.size))
        elif chunk.name == b"eXIf" and chunk.size <= _MOST_TEXT:
            yield from exif.texts(file.read(chunk.at + 8, chunk.size))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The picture with this label alone; its XMP chunk stands after the header's."""
    packet, changed = _survey(file)
    new = _chunk(b"iTXt", _XMP + b"\0\0\0\0\0" + xmp.with_label(packet, text))
    yield (0, 8)
    for chunk in _chunks(file):
        if chunk.at not in changed:
            yield (chunk.at, chunk.end)
        elif changed[chunk.at] is not None:
            yield changed[chunk.at] or b""
        if chunk.name == b"IHDR":
            yield new


def _survey(file: SourceFile) -> tuple[bytes | None, dict[int, bytes | None]]:
    """The XMP packet that is there, and chunks to drop (None) or to replace, by their offset."""
    packet: bytes | None = None
    changed: dict[int, bytes | None] = {}
    for chunk in _chunks(file):
        if chunk.name == b"eXIf" and chunk.size <= _MOST_TEXT:
            block = file.read(chunk.at + 8, chunk.size)
            if exif.blanked(block) != block:
                changed[chunk.at] = _chunk(b"eXIf", exif.blanked(block))
        elif chunk.name in _TEXTS and chunk.size <= _MOST_TEXT:
            data = file.read(chunk.at + 8, chunk.size)
            keyword, value = _parts(chunk.name, data)
            if keyword == _XMP:
                packet = packet if packet is not None else value
                changed[chunk.at] = None
            elif any(True for _ in _of_text(chunk.name, data)):
                changed[chunk.at] = None
    return packet, changed


def _of_text(name: bytes, data: bytes) -> Iterator[PlacedText]:
    keyword, value = _parts(name, data)
    place = f"PNG {name.decode()}"
    if keyword == _XMP:
        yield from xmp_texts(RIGHT if name == b"iTXt" else f"XMP ({place})", value)
    elif keyword.upper() == b"AIGC":
        yield from plain_text(f"{place} {keyword.decode('latin-1')}", value)
    else:
        said = keyword[:79].decode("latin-1")
        yield from maybe_text(f"{place} {said}", value[: 64 << 10].decode("utf-8", "replace"))


def _parts(name: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Keyword and text of a text chunk, inflated; no text when it is damaged."""
    keyword, _, rest = data.partition(b"\0")
    if name == b"tEXt":
        return keyword, rest
    if name == b"zTXt":
        return keyword, _inflated(rest[1:])
    flag, rest = rest[:1], rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    return keyword, _inflated(rest) if flag == b"\1" else rest


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_TEXT)
    except zlib.error:
        return b""


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _chunks(file: SourceFile) -> Iterator[_Chunk]:
    """Every chunk to IEND; what follows is no picture and is not copied."""
    at = 8
    for _ in range(MOST_PARTS):
        size, name = struct.unpack(">I4s", file.read(at, 8))
        chunk = _Chunk(name, at, size)
        if chunk.end > file.size:
            file.refuse("ends inside a chunk")
        yield chunk
        if name == b"IEND":
            return
        at = chunk.end
    file.refuse("has too many chunks")
