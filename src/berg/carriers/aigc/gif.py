"""GIF: the label in the XMP application extension (TC260-PG-20259A; XMP Specification, Part 3).

The packet stands there as plain text, not in sub-blocks; a trailer of falling numbers leads a
reader that knows no XMP out of it. Frames are copied as they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, xmp_texts
from berg.carriers.aigc.source import MOST_PARTS, OutputPiece, SourceFile
from berg.carriers.aigc.xmp_walk import MOST_PACKET

RIGHT = "XMP (GIF application extension)"
_XMP_HEAD = b"\x21\xff\x0bXMP DataXMP"
_MAGIC = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
_APPLICATION, _COMMENT = 0xFF, 0xFE


@dataclass(frozen=True, slots=True)
class _Block:
    """An extension, a frame or the trailer."""

    label: int
    """An extension's label byte; 0 for a frame, -1 for the trailer."""
    at: int
    end: int


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the order of the file."""
    for block in _blocks(file):
        if block.label == _APPLICATION and file.some(block.at, 14) == _XMP_HEAD:
            yield from xmp_texts(RIGHT, _packet(file, block))
        elif block.label == _COMMENT and block.end - block.at < MOST_PACKET:
            said = _joined(file.read(block.at + 2, block.end - block.at - 2))
            yield from maybe_text("GIF comment", said.decode("utf-8", "replace"))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The picture with this label alone, behind the extensions that must come first."""
    blocks = list(_blocks(file))
    packets = [_packet(file, b) for b in blocks if file.some(b.at, 14) == _XMP_HEAD]
    packet = xmp.with_label(packets[0] if packets else None, text)
    new = _XMP_HEAD + packet + _MAGIC
    yield b"GIF89a"
    yield (6, blocks[0].at)
    placed = False
    for block in blocks:
        if not placed and block.label != _APPLICATION:
            placed = True
            yield new
        if not _dropped(file, block):
            yield (block.at, block.end)
    yield (blocks[-1].end, file.size)


def _dropped(file: SourceFile, block: _Block) -> bool:
    if file.some(block.at, 14) == _XMP_HEAD:
        return True
    if block.label != _COMMENT or block.end - block.at >= MOST_PACKET:
        return False
    said = _joined(file.read(block.at + 2, block.end - block.at - 2)).decode("utf-8", "replace")
    return any(True for _ in maybe_text("", said))


def _packet(file: SourceFile, block: _Block) -> bytes:
    """The packet as text, or, from tools that know no better, put together of sub-blocks."""
    if block.end - block.at > MOST_PACKET:
        file.refuse("has more XMP than is read")
    raw = file.read(block.at + 14, block.end - block.at - 14)
    end = raw.rfind(b"\x01\xff\xfe\xfd\xfc")
    return raw[:end] if end >= 0 else _joined(raw)


def _joined(raw: bytes) -> bytes:
    made, at = [], 0
    while at < len(raw) and raw[at]:
        made.append(raw[at + 1 : at + 1 + raw[at]])
        at += 1 + raw[at]
    return b"".join(made)


def _blocks(file: SourceFile) -> Iterator[_Block]:
    at = _behind_colours(file, 10, 13)
    for _ in range(MOST_PARTS):
        kind = file.read(at, 1)[0]
        if kind == 0x3B:
            yield _Block(-1, at, at + 1)
            return
        if kind == 0x21:
            label = file.read(at + 1, 1)[0]
            end = _behind_sub_blocks(file, at + 2)
        elif kind == 0x2C:
            label = 0
            end = _behind_sub_blocks(file, _behind_colours(file, at + 9, at + 10) + 1)
        else:
            file.refuse("has a block of an unknown kind")
        yield _Block(label, at, end)
        at = end
    file.refuse("has too many blocks")


def _behind_colours(file: SourceFile, flags_at: int, at: int) -> int:
    flags = file.read(flags_at, 1)[0]
    return at + (3 << (flags & 7) + 1 if flags & 0x80 else 0)


def _behind_sub_blocks(file: SourceFile, at: int) -> int:
    """Behind the empty sub-block; read in windows, for a frame has thousands of them."""
    window, begin, size = b"", at, 1
    while size:
        if at - begin >= len(window):
            begin, window = at, file.some(at, 1 << 16)
        if not window:
            file.refuse("ends inside a block")
        size = window[at - begin]
        at += size + 1
    return at
