"""ID3v2: the label in a frame `TXXX` with the description `AIGC` (TC260-PG-202510A).

Versions 2.2, 2.3 and 2.4 (id3.org). Frames other than the label are kept as they are; extended
headers, footers and padding, which only describe the old tag, are not.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text
from berg.carriers.aigc.source import OutputPiece, SourceFile

RIGHT = "ID3v2 TXXX AIGC"
_MOST_TAG = 16 << 20
_MOST_FRAMES = 10_000
_MOST_TAGS = 8
_ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}


@dataclass(frozen=True, slots=True)
class _Tag:
    version: int
    flags: int
    body: bytes
    """Frames, unsynchronisation undone where it covers the whole tag."""


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the tags at the file's beginning, in order."""
    for begin, end in tags(file):
        yield from texts_of(file.read(begin, end - begin))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The file with this label alone, in its first tag or a new one."""
    spans = list(tags(file))
    first = file.read(spans[0][0], spans[0][1] - spans[0][0]) if spans else b""
    yield _made(_opened(first), text)
    for begin, end in spans[1:]:
        yield cleaned(file.read(begin, end - begin))
    yield (spans[-1][1] if spans else 0, file.size)


def tags(file: SourceFile) -> Iterator[tuple[int, int]]:
    """Where the tags at the beginning lie, one behind the other."""
    at = 0
    for _ in range(_MOST_TAGS):
        head = file.some(at, 10)
        if len(head) < 10 or head[:3] != b"ID3" or not 2 <= head[3] <= 4:
            return
        size = _syncsafe(head[6:10]) + 10 + (10 if head[3] == 4 and head[5] & 0x10 else 0)
        if size > _MOST_TAG or at + size > file.size:
            file.refuse("has an ID3 tag that lies about its length")
        yield at, at + size
        at += size


def texts_of(tag: bytes) -> Iterator[PlacedText]:
    """Labels in one tag."""
    opened = _opened(tag)
    for name, head, data in _frames(opened):
        yield from _of_frame(opened.version, name, head, data)


def cleaned(tag: bytes) -> bytes:
    """The tag without labels."""
    return _made(_opened(tag), None)


def _of_frame(version: int, name: bytes, head: bytes, data: bytes) -> Iterator[PlacedText]:
    if not data:
        return
    if version == 4 and head[9] & 0x02:
        data = data.replace(b"\xff\x00", b"\xff")
    if version == 4 and head[9] & 0x01:
        data = data[4:]  # its length without unsynchronisation
    if name in (b"TXXX", b"TXX"):
        described, text = _described(data)
        if described.strip().upper() == "AIGC":
            exact = described == "AIGC" and name == b"TXXX"
            place = RIGHT if exact else f"ID3v2 {name.decode()} {described[:16]}"
            yield from plain_text(place, text.encode())
        else:
            yield from maybe_text(f"ID3v2 TXXX {described[:32]}", text)
    elif name in (b"COMM", b"COM"):
        yield from maybe_text("ID3v2 comment", _described(data[:1] + data[4:])[1])


def _described(data: bytes) -> tuple[str, str]:
    """Description and text of a user's frame, by its encoding."""
    encoding = _ENCODINGS.get(data[0] if data else 0, "latin-1")
    wide = encoding.startswith("utf-16")
    rest = data[1 : 1 + (64 << 10)]
    end = rest.find(b"\0\0" if wide else b"\0")
    while wide and end % 2 and end >= 0:
        end = rest.find(b"\0\0", end + 1)
    if end < 0:
        return "", rest.decode(encoding, "replace")
    first, second = rest[:end], rest[end + (2 if wide else 1) :]
    return first.decode(encoding, "replace"), second.decode(encoding, "replace").strip("\0\ufeff")


def _opened(tag: bytes) -> _Tag:
    """A tag's frames, or an empty tag of version 2.4 for no bytes."""
    if len(tag) < 10 or tag[:3] != b"ID3" or not 2 <= tag[3] <= 4:
        return _Tag(4, 0, b"")
    version, flags, body = tag[3], tag[5], tag[10 : 10 + _syncsafe(tag[6:10])]
    if flags & 0x80 and version < 4:
        body = body.replace(b"\xff\x00", b"\xff")
    if flags & 0x40 and version > 2 and len(body) >= 4:
        skip = _syncsafe(body[:4]) if version == 4 else struct.unpack(">I", body[:4])[0] + 4
        body = body[skip:]
    return _Tag(version, flags & 0x80 if version == 4 else 0, body)


def _made(tag: _Tag, text: str | None) -> bytes:
    kept = [
        head + data
        for name, head, data in _frames(tag)
        if not any(True for _ in _of_frame(tag.version, name, head, data))
    ]
    if text is not None:
        kept.append(_frame(tag.version, b"\0AIGC\0" + text.encode("ascii")))
    body = b"".join(kept)
    flags = 0 if tag.version < 4 else tag.flags
    return b"ID3" + bytes((tag.version, 0, flags)) + _to_syncsafe(len(body)) + body


def _frame(version: int, data: bytes) -> bytes:
    if version == 2:
        return b"TXX" + len(data).to_bytes(3, "big") + data
    size = _to_syncsafe(len(data)) if version == 4 else struct.pack(">I", len(data))
    return b"TXXX" + size + b"\0\0" + data


def _frames(tag: _Tag) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, head and data of each frame, up to the padding."""
    width, at, body = (6 if tag.version == 2 else 10), 0, tag.body
    for _ in range(_MOST_FRAMES):
        head = body[at : at + width]
        if len(head) < width or not head[:1].strip(b"\0"):
            return
        name = head[:3] if tag.version == 2 else head[:4]
        size = _frame_size(tag.version, head)
        yield name, head, body[at + width : at + width + size]
        at += width + size


def _frame_size(version: int, head: bytes) -> int:
    if version == 2:
        return int.from_bytes(head[3:6], "big")
    return _syncsafe(head[4:8]) if version == 4 else int.from_bytes(head[4:8], "big")


def _syncsafe(four: bytes) -> int:
    return sum((byte & 0x7F) << shift for byte, shift in zip(four, (21, 14, 7, 0), strict=True))


def _to_syncsafe(count: int) -> bytes:
    return bytes(count >> shift & 0x7F for shift in (21, 14, 7, 0))
