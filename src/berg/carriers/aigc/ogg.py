"""Ogg: the label in the comment header of Vorbis, Opus, Speex or FLAC (TC260-PG-202510A).

The comments are the stream's second packet. Its pages are laid out anew (RFC 3533); if their
number changes, later pages of that stream are counted anew. Packets of sound are not touched.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from berg.carriers.aigc import vorbis
from berg.carriers.aigc.places import PlacedText
from berg.carriers.aigc.source import MOST_PARTS, OutputPiece, SourceFile

RIGHT = "Vorbis comment AIGC"
_HEADS: tuple[tuple[bytes, bytes, int], ...] = (
    (b"\x01vorbis", b"\x03vorbis", 3),
    (b"OpusHead", b"OpusTags", 2),
    (b"Speex   ", b"", 2),
    (b"\x7fFLAC", b"", 2),
    (b"\x80theora", b"\x81theora", 3),
)
"""How a stream begins, how its comments begin, and how many packets its header has."""
_FLAC = 3
_MOST_HEADER = 16 << 20
_MIRROR = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_CONTINUED, _FIRST = 1, 2


@dataclass(frozen=True, slots=True)
class _Page:
    at: int
    head: bytes
    """27 bytes, then the lacing."""
    end: int

    @property
    def serial(self) -> bytes:
        return self.head[14:18]

    @property
    def number(self) -> int:
        return int.from_bytes(self.head[18:22], "little")

    @property
    def lacing(self) -> bytes:
        return self.head[27:]

    @property
    def inside(self) -> int:
        return self.at + len(self.head)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    """A stream's header."""

    serial: bytes
    kind: int
    """Its row in `_HEADS`."""
    packets: tuple[bytes, ...]
    """All but the first: the comments, and what follows them."""
    pages: tuple[_Page, ...]
    """Those that hold them."""


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels of all streams."""
    for header in _headers(file):
        place = RIGHT if _HEADS[header.kind][0][1:] != b"theora" else "Theora comment AIGC"
        yield from vorbis.texts(place, _comments(header)[1])


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The file with this label alone, in its first stream of sound."""
    headers = _headers(file)
    if not headers:
        file.refuse("has no stream whose comments are known")
    ours = next((h for h in headers if _HEADS[h.kind][0][1:] != b"theora"), headers[0])
    new = {h.serial: _relabelled(file, h, text if h is ours else None) for h in headers}
    gone = {page.at for header in headers for page in header.pages}
    grown = {h.serial: len(new[h.serial]) - len(h.pages) for h in headers}
    for page in _pages(file):
        if page.at not in gone:
            yield from _renumbered(file, page, grown.get(page.serial, 0))
        elif page.serial in new:
            yield from new.pop(page.serial)


def _relabelled(file: SourceFile, header: _Header, text: str | None) -> list[bytes]:
    head, block = _comments(header)
    try:
        made = vorbis.with_label(block, text) if text is not None else vorbis.without_label(block)
    except vorbis.NotCommentsError as error:
        file.refuse(f"has damaged comments ({error})")
    if header.kind == _FLAC:
        head = head[:1] + len(made).to_bytes(3, "big")
    return _paged(header, (head + made, *header.packets[1:]))


def _comments(header: _Header) -> tuple[bytes, bytes]:
    """What stands before the comments in their packet, and the comments."""
    packet = header.packets[0]
    cut = 4 if header.kind == _FLAC else len(_HEADS[header.kind][1])
    return packet[:cut], packet[cut:]


def _headers(file: SourceFile) -> list[_Header]:
    """Headers of the streams that are known, in order."""
    kinds: dict[bytes, int] = {}
    pages: dict[bytes, list[_Page]] = {}
    done: list[_Header] = []
    for page in _pages(file):
        if page.head[5] & _FIRST:
            start = file.some(page.inside, 16)
            kind = next((i for i, h in enumerate(_HEADS) if start.startswith(h[0])), None)
            if kind is not None and page.serial not in kinds:
                kinds[page.serial], pages[page.serial] = kind, []
            continue
        if page.serial in pages:
            pages[page.serial].append(page)
            header = _whole(file, kinds[page.serial], pages[page.serial])
            if header is not None:
                done.append(header)
                del pages[page.serial]
        if not pages:
            break
    return done


def _whole(file: SourceFile, kind: int, pages: list[_Page]) -> _Header | None:
    """The header, once its pages hold all its packets and end with them."""
    if sum(page.end - page.at for page in pages) > _MOST_HEADER:
        file.refuse("has a header that is too long")
    ended = sum(sum(1 for lace in page.lacing if lace < 255) for page in pages)
    wanted = _HEADS[kind][2] - 1
    if ended < wanted or pages[-1].lacing[-1:] == b"\xff":
        return None
    data = b"".join(file.read(page.inside, page.end - page.inside) for page in pages)
    packets, size, at = [], 0, 0
    for lace in b"".join(page.lacing for page in pages):
        size += lace
        if lace < 255:
            packets.append(data[at : at + size])
            at, size = at + size, 0
    return _Header(serial=pages[0].serial, kind=kind, packets=tuple(packets), pages=tuple(pages))


def _paged(header: _Header, packets: tuple[bytes, ...]) -> list[bytes]:
    """Pages for header packets; each is filled before the next begins."""
    lacing = b"".join(b"\xff" * (len(p) // 255) + bytes((len(p) % 255,)) for p in packets)
    data, number, at = b"".join(packets), header.pages[0].number, 0
    made: list[bytes] = []
    for begin in range(0, len(lacing), 255):
        laces = lacing[begin : begin + 255]
        flags = _CONTINUED if begin and lacing[begin - 1] == 255 else 0
        time = b"\xff" * 8 if min(laces) == 255 else bytes(8)  # no packet ends on it
        head = b"OggS\0" + bytes((flags,)) + time + header.serial
        head += (number + len(made)).to_bytes(4, "little") + bytes(4) + bytes((len(laces),)) + laces
        made.append(_summed(head + data[at : at + sum(laces)]))
        at += sum(laces)
    return made


def _renumbered(file: SourceFile, page: _Page, more: int) -> Iterator[OutputPiece]:
    if more == 0:
        yield (page.at, page.end)
        return
    number = (page.number + more & 0xFFFFFFFF).to_bytes(4, "little")
    rest = file.read(page.at + 26, page.end - page.at - 26)
    yield _summed(page.head[:18] + number + bytes(4) + rest)


def _summed(page: bytes) -> bytes:
    """A page with its checksum: CRC-32 without mirroring, from 0, by way of the mirrored one."""
    mirrored = zlib.crc32(page.translate(_MIRROR), 0xFFFFFFFF) ^ 0xFFFFFFFF
    value = int(f"{mirrored:032b}"[::-1], 2)
    return page[:22] + value.to_bytes(4, "little") + page[26:]


def _pages(file: SourceFile) -> Iterator[_Page]:
    at = 0
    for _ in range(MOST_PARTS * 10):
        if at == file.size:
            return
        head = file.read(at, 27)
        if head[:5] != b"OggS\0":
            file.refuse("has no page where one belongs")
        head += file.read(at + 27, head[26])
        end = at + len(head) + sum(head[27:])
        if end > file.size:
            file.refuse("ends inside a page")
        yield _Page(at, head, end)
        at = end
    file.refuse("has too many pages")
