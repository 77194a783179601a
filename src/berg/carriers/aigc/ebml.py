"""EBML elements (RFC 8794): reading their heads, and writing them."""

from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc.source import MOST_PARTS, SourceFile

EBML, SEGMENT, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1F43B675
SEEK_HEAD, SEEK, SEEK_ID, SEEK_POSITION = 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
TAGS, TAG, TARGETS, SIMPLE_TAG = 0x1254C367, 0x7373, 0x63C0, 0x67C8
TAG_NAME, TAG_STRING, TAG_LANGUAGE, TAG_DEFAULT = 0x45A3, 0x4487, 0x447A, 0x4484
VOID, CRC = 0xEC, 0xBF
_LEVEL_ONE = {
    SEEK_HEAD,
    CLUSTER,
    TAGS,
    0x1549A966,  # Info
    0x1654AE6B,  # Tracks
    0x1C53BB6B,  # Cues
    0x1941A469,  # Attachments
    0x1043A770,  # Chapters
}


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its number, where it begins, where its data does, and where it ends."""

    id: int
    at: int
    inside: int
    end: int
    open: bool = False
    """Whether its length was not known when it was written."""


def elements(file: SourceFile, begin: int, end: int) -> Iterator[Element]:
    """Elements between two places of a file, by their heads; an open cluster is walked over."""
    at = begin
    for _ in range(MOST_PARTS * 10):
        if at >= end:
            return
        element = _element(file.some(at, 12), at, end)
        if element is None:
            file.refuse("has an element that lies about its length")
        if element.open and element.id == CLUSTER:
            element = Element(CLUSTER, at, element.inside, _open_end(file, element.inside, end))
        yield element
        at = element.end
    file.refuse("has too many elements")


def parsed(data: bytes) -> Iterator[Element]:
    """Elements of bytes, up to the first that doesn't fit."""
    at = 0
    for _ in range(MOST_PARTS):
        element = _element(data[at : at + 12], at, len(data)) if at < len(data) else None
        if element is None or element.open:
            return
        yield element
        at = element.end


def element(number: int, data: bytes, *, width: int | None = None) -> bytes:
    """An element; `width` is how many bytes its length takes."""
    return _id(number) + sized(len(data), width) + data


def sized(count: int, width: int | None = None) -> bytes:
    """A length, in as few bytes as will do."""
    for size in range(1, 9) if width is None else (width,):
        if count < (1 << 7 * size) - 1:
            return (count | 1 << 7 * size).to_bytes(size, "big")
    raise OverflowError(count)


def void(size: int) -> bytes:
    """An element that says nothing and takes `size` bytes; from 2."""
    if size < 9:
        return bytes((VOID, 0x80 | size - 2)) + bytes(size - 2)
    return bytes((VOID,)) + sized(size - 9, 8) + bytes(size - 9)


def _id(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _open_end(file: SourceFile, at: int, end: int) -> int:
    """Where a cluster without a length ends: at the next element of the first level."""
    while at < end:  # every element is two bytes at least, so this ends
        inner = _element(file.some(at, 12), at, end)
        if inner is None or inner.id in _LEVEL_ONE or inner.open:
            return at
        at = inner.end
    return end


def _element(head: bytes, at: int, end: int) -> Element | None:
    """The element that a head begins, or None when it is none or doesn't fit."""
    if not head or not head[0] >> 4:
        return None
    width = 9 - head[0].bit_length()
    if len(head) < width + 1 or not head[width]:
        return None
    number = int.from_bytes(head[:width], "big")
    size_width = 9 - head[width].bit_length()
    raw = head[width : width + size_width]
    if len(raw) < size_width:
        return None
    size = int.from_bytes(raw, "big") & (1 << 7 * size_width) - 1
    inside = at + width + size_width
    if size == (1 << 7 * size_width) - 1:
        return Element(number, at, inside, end, open=True)
    return Element(number, at, inside, inside + size) if inside + size <= end else None
