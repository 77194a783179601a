"""FLAC: the label in the Vorbis comment AIGC (TC260-PG-202510A; RFC 9639).

Frames are copied; the seek table counts from the first of them and stays true.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import id3, vorbis
from berg.carriers.aigc.places import PlacedText
from berg.carriers.aigc.source import OutputPiece, SourceFile

RIGHT = "Vorbis comment AIGC"
_COMMENTS, _MOST_BLOCKS = 4, 10_000


@dataclass(frozen=True, slots=True)
class _MetadataBlock:
    kind: int
    at: int
    end: int


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in a tag before the file, then in its comments."""
    yield from id3.texts(file)
    for block in _blocks(file):
        if block.kind == _COMMENTS:
            yield from vorbis.texts(RIGHT, file.read(block.at + 4, block.end - block.at - 4))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The sound with this label alone; its comments stand behind the stream's own block."""
    blocks = list(_blocks(file))
    old = next((b for b in blocks if b.kind == _COMMENTS), None)
    data = file.read(old.at + 4, old.end - old.at - 4) if old else None
    try:
        new = vorbis.with_label(data, text)
    except vorbis.NotCommentsError as error:
        file.refuse(f"has damaged comments ({error})")
    if len(new) >= 1 << 24:
        file.refuse("has so many comments that no label fits")
    for begin, end in id3.tags(file):
        yield id3.cleaned(file.read(begin, end - begin))
    yield b"fLaC"
    kept = [b for b in blocks if b.kind != _COMMENTS]
    for index, block in enumerate(kept):
        last = index == len(kept) - 1 and index > 0
        yield bytes((block.kind | (0x80 if last else 0),))
        yield (block.at + 1, block.end)
        if index == 0:
            yield bytes((_COMMENTS | (0x80 if len(kept) == 1 else 0),)) + len(new).to_bytes(
                3, "big"
            )
            yield new
    yield (blocks[-1].end, file.size)


def _blocks(file: SourceFile) -> Iterator[_MetadataBlock]:
    spans = list(id3.tags(file))
    at = (spans[-1][1] if spans else 0) + 4
    if file.read(at - 4, 4) != b"fLaC":
        file.refuse("is no FLAC file")
    for index in range(_MOST_BLOCKS):
        head = file.number(">I", at)
        kind, size = head >> 24 & 0x7F, head & 0xFFFFFF
        if at + 4 + size > file.size or (index == 0) != (kind == 0):
            file.refuse("has a damaged header")
        yield _MetadataBlock(kind, at, at + 4 + size)
        at += 4 + size
        if head >> 31:
            return
    file.refuse("has too many blocks")
