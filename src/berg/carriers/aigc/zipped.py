"""ZIP archives as bytes at places: their entries, and a copy in which some are others.

Entries that stay keep their compressed bytes and order. New ones are stored, not compressed, so
that no version of a library changes a byte. Nothing is unpacked to disk. (PKWARE APPNOTE 6.3.)
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.source import OutputPiece, SourceFile, length

_MOST_ENTRIES = 20_000
_MOST_DIRECTORY = 8 << 20
_MOST_PART = 4 << 20
_TIME = struct.pack("<HH", 0, 0x21)
"""1 January 1980, when time begins here."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of an archive."""

    name: str
    record: bytes
    """Its row in the directory."""
    at: int
    """Offset of its own head."""
    end: int
    """Offset at which the next begins."""

    @property
    def method(self) -> int:
        """How it is compressed."""
        return int(struct.unpack_from("<H", self.record, 10)[0])

    @property
    def packed(self) -> int:
        """Bytes of it as it lies there."""
        return int(struct.unpack_from("<I", self.record, 20)[0])


def members(file: SourceFile) -> list[Member]:
    """Entries in the order in which they lie. Raises MediaError."""
    where, count, directory = _directory(file)
    found: list[tuple[int, str, bytes]] = []
    at = 0
    for _ in range(count):
        if directory[at : at + 4] != b"PK\x01\x02" or at + 46 > len(directory):
            file.refuse("has a damaged directory")
        name, extra, comment = struct.unpack_from("<HHH", directory, at + 28)
        record = directory[at : at + 46 + name + extra + comment]
        begin = struct.unpack_from("<I", record, 42)[0]
        found.append((begin, record[46 : 46 + name].decode("utf-8", "replace"), record))
        at += len(record)
    if not found:
        file.refuse("is an archive without entries")
    found.sort()
    ends = [begin for begin, _, _ in found[1:]] + [where]
    if any(begin >= end for (begin, _, _), end in zip(found, ends, strict=True)):
        file.refuse("has entries that overlap")
    return [Member(n, r, b, e) for (b, n, r), e in zip(found, ends, strict=True)]


def unpacked(file: SourceFile, member: Member) -> bytes:
    """An entry's content, if it is small. Raises MediaError."""
    head = file.read(member.at, 30)
    if head[:4] != b"PK\x03\x04" or head[6] & 1:
        file.refuse("has a damaged or encrypted entry")
    name, extra = struct.unpack("<HH", head[26:30])
    if member.packed > _MOST_PART or member.method not in (0, 8):
        file.refuse(f"has a part {member.name[:64]} that is too large, or packed in a rare way")
    raw = file.read(member.at + 30 + name + extra, member.packed)
    if member.method == 0:
        return raw
    inflater = zlib.decompressobj(-15)
    try:
        data = inflater.decompress(raw, _MOST_PART)
    except zlib.error:
        file.refuse(f"has a damaged part {member.name[:64]}")
    if inflater.unconsumed_tail:
        file.refuse(f"has a part {member.name[:64]} that is larger than {_MOST_PART} bytes")
    return data


def rewritten(
    file: SourceFile, found: list[Member], new: dict[str, bytes]
) -> Iterator[OutputPiece]:
    """The archive with parts by name replaced where they lie, or added at its end."""
    waiting = dict(new)
    pieces: list[OutputPiece] = []
    records: list[bytes] = []
    at = 0
    for member in found:
        if member.name in new and member.name not in waiting:
            continue  # a second entry of that name
        data = waiting.pop(member.name, None)
        piece: list[OutputPiece] = (
            [(member.at, member.end)] if data is None else _stored(member.name, data)
        )
        record = member.record if data is None else _record(member.name, data)
        records.append(record[:42] + struct.pack("<I", at) + record[46:])
        pieces += piece
        at += length(piece)
    for name, data in waiting.items():
        records.append(_record(name, data)[:42] + struct.pack("<I", at) + name.encode())
        pieces += _stored(name, data)
        at += length(_stored(name, data))
    directory = b"".join(records)
    if at + len(directory) > 0xFFFFFFFF or len(records) > 0xFFFF:
        file.refuse("would be larger than a plain archive can be")
    yield from pieces
    yield directory
    yield struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(records), len(records), len(directory), at, 0
    )


def _stored(name: str, data: bytes) -> list[OutputPiece]:
    return [b"PK\x03\x04" + _common(name, data) + name.encode() + data]


def _record(name: str, data: bytes) -> bytes:
    return b"PK\x01\x02\x14\x00" + _common(name, data) + bytes(14) + name.encode()


def _common(name: str, data: bytes) -> bytes:
    sizes = struct.pack("<IIIHH", zlib.crc32(data), len(data), len(data), len(name.encode()), 0)
    return struct.pack("<HHH", 20, 0x800, 0) + _TIME + sizes


def _directory(file: SourceFile) -> tuple[int, int, bytes]:
    """Where the directory lies, how many entries it has, and its bytes."""
    begin = max(0, file.size - 65_557)
    tail = file.read(begin, file.size - begin)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        file.refuse("is an archive without a directory")
    count, size, where = struct.unpack_from("<HII", tail, at + 10)
    if count > _MOST_ENTRIES or size > _MOST_DIRECTORY or 0xFFFFFFFF in (size, where):
        file.refuse("is an archive with too many entries")
    return where, count, file.read(where, size)
