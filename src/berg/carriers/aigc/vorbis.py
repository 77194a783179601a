"""Vorbis comments: fields as `NAME=value` behind the name of the encoder (xiph.org, v-comment)."""

import struct
from collections.abc import Iterator

from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text

NAME = "AIGC"
_MOST_FIELDS = 10_000


class NotCommentsError(ValueError):
    """The bytes are no comments."""


def texts(place: str, block: bytes) -> Iterator[PlacedText]:
    """Labels among the comments; none when they are damaged."""
    try:
        _, fields, _ = parsed(block)
    except NotCommentsError:
        return
    for field in fields:
        yield from _of_field(place, field)


def with_label(block: bytes | None, text: str) -> bytes:
    """The comments with this label alone; new ones for None. Raises NotCommentsError."""
    vendor, fields, rest = parsed(block) if block is not None else (b"", [], b"")
    return _written(vendor, [*_others(fields), f"{NAME}={text}".encode()], rest)


def without_label(block: bytes) -> bytes:
    """The comments without labels. Raises NotCommentsError."""
    vendor, fields, rest = parsed(block)
    return _written(vendor, _others(fields), rest)


def _others(fields: list[bytes]) -> list[bytes]:
    return [field for field in fields if not any(True for _ in _of_field("", field))]


def _written(vendor: bytes, fields: list[bytes], rest: bytes) -> bytes:
    counted = [struct.pack("<I", len(field)) + field for field in fields]
    head = struct.pack("<I", len(vendor)) + vendor + struct.pack("<I", len(fields))
    return head + b"".join(counted) + rest


def parsed(block: bytes) -> tuple[bytes, list[bytes], bytes]:
    """The encoder's name, the fields, and what follows them. Raises NotCommentsError."""
    vendor, at = _counted(block, 0)
    if at + 4 > len(block):
        raise NotCommentsError("no number of fields")
    count = struct.unpack_from("<I", block, at)[0]
    if count > _MOST_FIELDS:
        raise NotCommentsError("too many fields")
    at, fields = at + 4, []
    for _ in range(count):
        field, at = _counted(block, at)
        fields.append(field)
    return vendor, fields, block[at:]


def _counted(block: bytes, at: int) -> tuple[bytes, int]:
    if at + 4 > len(block):
        raise NotCommentsError("ends early")
    end = at + 4 + struct.unpack_from("<I", block, at)[0]
    if end > len(block):
        raise NotCommentsError("a field lies about its length")
    return block[at + 4 : end], end


def _of_field(place: str, field: bytes) -> Iterator[PlacedText]:
    name, _, value = field.partition(b"=")
    if name.strip().upper() == b"AIGC":
        exact = name == b"AIGC"
        yield from plain_text(place if exact else f"{place} {name[:16]!r}", value)
    else:
        said = name[:32].decode("utf-8", "replace")
        decoded = value[: 64 << 10].decode("utf-8", "replace")
        yield from maybe_text(f"{place.removesuffix(NAME)}{said}", decoded)
