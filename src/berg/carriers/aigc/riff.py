"""RIFF files: WebP (XMP chunk), WAV (chunk `AIGC`) and AVI (`AIGC` in LIST INFO).

TC260-PG-20259A, 202510A and 20257A. Pixels, samples and frames lie in other chunks, which are
copied. RF64 and BW64 (EBU Tech 3306) keep their length in `ds64`, which is set anew.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from berg.carriers.aigc import exif, id3, webp, xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text, xmp_texts
from berg.carriers.aigc.source import MOST_AT_ONCE, MOST_PARTS, OutputPiece, SourceFile, length
from berg.carriers.aigc.xmp_walk import NotXmpError

RIGHT = {
    "WebP": "XMP (WebP chunk)",
    "WAV": "WAV chunk AIGC",
    "AVI": "AVI LIST INFO AIGC",
}
_LOOKED_AT = (b"AIGC", b"XMP ", b"_PMX", b"EXIF", b"LIST", b"id3 ", b"ID3 ")
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk of a RIFF file."""

    name: bytes
    at: int
    size: int
    end: int
    """Offset behind its data and padding, inside the file."""


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the order of the file."""
    for chunk in _chunks(file):
        if chunk.name in _LOOKED_AT and chunk.size <= MOST_AT_ONCE:
            yield from _of_chunk(_kind(file), chunk.name, _data(file, chunk))


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The file with this label alone."""
    kind = _kind(file)
    body: list[OutputPiece] = []
    packet: bytes | None = None
    for chunk in _chunks(file):
        if chunk.name == b"XMP " and kind == "WebP" and chunk.size <= MOST_AT_ONCE:
            packet = packet if packet is not None else _data(file, chunk)
        else:
            body += _kept(file, kind, chunk)
    if kind == "WebP":
        packed = xmp.with_label(packet, text)
        body = [*webp.extended(file, body, flag=webp.XMP_FLAG), _chunk(b"XMP ", packed)]
    elif kind == "WAV":
        body.append(_chunk(b"AIGC", text.encode()))
    else:
        body.append(_chunk(b"LIST", b"INFO" + _chunk(b"AIGC", text.encode())))
    yield from _headed(file, body)


def _headed(file: SourceFile, body: list[OutputPiece]) -> Iterator[OutputPiece]:
    """The outermost header with the new length, and what follows it."""
    size = length(body) + 4
    if file.read(0, 4) in (b"RF64", b"BW64"):
        yield (0, 12)
        yield from _resized(file, body, size)
        return
    if size >= _UNKNOWN:
        file.refuse("would be larger than RIFF can say")
    yield file.read(0, 4) + struct.pack("<I", size) + file.read(8, 4)
    yield from body
    tail = _riff_end(file)
    if tail < file.size:  # AVIX, or what somebody hung on
        yield (tail, file.size)


def _resized(file: SourceFile, body: list[OutputPiece], size: int) -> Iterator[OutputPiece]:
    """RF64: `ds64` is the first chunk, and begins with the file's length."""
    first = next(_chunks(file), None)
    if first is None or first.name != b"ds64" or first.size < 24:
        file.refuse("is RF64 without its ds64 chunk")
    for piece in body:
        if isinstance(piece, tuple) and piece[0] == first.at:
            yield file.read(first.at, 8) + struct.pack("<Q", size) + file.read(first.at + 16, 0)
            yield (first.at + 16, piece[1])
        else:
            yield piece


def _of_chunk(kind: str, name: bytes, data: bytes) -> Iterator[PlacedText]:
    if name == b"AIGC":
        yield from plain_text(RIGHT["WAV"] if kind == "WAV" else f"{kind} chunk AIGC", data)
    elif name in (b"XMP ", b"_PMX"):
        yield from xmp_texts(RIGHT["WebP"] if kind == "WebP" else f"XMP ({kind})", data)
    elif name == b"EXIF":
        yield from exif.texts(data.removeprefix(b"Exif\0\0"))
    elif name == b"LIST" and data[:4] == b"INFO":
        for inner, value in _inner(data):
            if inner == b"AIGC":
                yield from plain_text(f"{kind} LIST INFO AIGC", value)
            else:
                said = inner.decode("latin-1")
                decoded = value[: 64 << 10].decode("utf-8", "replace").strip("\0")
                yield from maybe_text(f"{kind} LIST INFO {said}", decoded)
    elif name in (b"id3 ", b"ID3 "):
        yield from (PlacedText(f"{kind} {place}", text) for place, text in id3.texts_of(data))


def _kept(file: SourceFile, kind: str, chunk: Chunk) -> list[OutputPiece]:
    """A chunk as it is to be: as it was, without labels, or gone."""
    whole: list[OutputPiece] = [(chunk.at, chunk.end)]
    if (chunk.end - chunk.at) % 2:
        whole.append(b"\0")  # the last one, whose padding somebody forgot
    if chunk.name not in _LOOKED_AT or chunk.size > MOST_AT_ONCE:
        return whole
    data = _data(file, chunk)
    if not any(True for _ in _of_chunk(kind, chunk.name, data)):
        return whole
    clean = _CLEANED.get(chunk.name)
    made = clean(data) if clean is not None else None
    return [] if made is None else [_chunk(chunk.name, made)]


def _clean_exif(data: bytes) -> bytes:
    head = b"Exif\0\0" if data.startswith(b"Exif\0\0") else b""
    return head + exif.blanked(data[len(head) :])


def _clean_xmp(data: bytes) -> bytes | None:
    try:
        return xmp.without_label(data)
    except NotXmpError:
        return None


def _clean_list(data: bytes) -> bytes | None:
    kept = [
        _chunk(name, value)
        for name, value in _inner(data)
        if not any(True for _ in _of_chunk("", b"LIST", b"INFO" + _chunk(name, value)))
    ]
    return b"INFO" + b"".join(kept) if kept else None


_CLEANED: dict[bytes, Callable[[bytes], bytes | None]] = {
    b"EXIF": _clean_exif,
    b"_PMX": _clean_xmp,
    b"XMP ": _clean_xmp,
    b"LIST": _clean_list,
    b"id3 ": id3.cleaned,
    b"ID3 ": id3.cleaned,
}


def _inner(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Chunks of a LIST INFO."""
    at = 4
    for _ in range(1000):
        if at + 8 > len(data):
            return
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _data(file: SourceFile, chunk: Chunk) -> bytes:
    return file.read(chunk.at + 8, chunk.size)


def _kind(file: SourceFile) -> str:
    return {b"WEBP": "WebP", b"AVI ": "AVI"}.get(file.read(8, 4), "WAV")


def _riff_end(file: SourceFile) -> int:
    """Where the first RIFF ends; a length of nothing or of everything means: with the file."""
    size = file.number("<I", 4)
    return file.size if size in (0, _UNKNOWN) else min(file.size, 8 + size + size % 2)


def _chunks(file: SourceFile) -> Iterator[Chunk]:
    at, end = 12, _riff_end(file)
    long_data = _long_data(file)
    for _ in range(MOST_PARTS):
        if at + 8 > end:
            return
        name, size = struct.unpack("<4sI", file.read(at, 8))
        if name == b"data" and size == _UNKNOWN:  # a stream, or RF64
            size = long_data if long_data is not None else end - at - 8
        if at + 8 + size > end:
            file.refuse("ends inside a chunk")
        stop = min(end, at + 8 + size + size % 2)
        yield Chunk(name, at, size, stop)
        at = stop
    file.refuse("has too many chunks")


def _long_data(file: SourceFile) -> int | None:
    if file.read(0, 4) not in (b"RF64", b"BW64") or file.some(12, 4) != b"ds64":
        return None
    return file.number("<Q", 28)
