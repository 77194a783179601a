"""PDF: the label as `/AIGC` in the document's information (TC260-PG-20258A).

The file is kept byte for byte, and an incremental update is hung on it (ISO 32000-1, 7.5.6): the
information with the label, and a cross-reference of the same kind as the last. pypdf reads.
"""

import logging
import re
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from berg.carriers.aigc import xmp
from berg.carriers.aigc.places import PlacedText, maybe_text, plain_text, xmp_texts
from berg.carriers.aigc.source import MOST_AT_ONCE, OutputPiece, SourceFile
from berg.carriers.aigc.xmp_walk import MOST_PACKET, NotXmpError

RIGHT = "PDF Info /AIGC"
_KEY = "/AIGC"
_BROKEN = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OverflowError,
    struct.error,
    OSError,
)
"""What pypdf raises on damaged files: its own errors, and Python's from trusting them."""


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Labels in the information and in the document's XMP."""
    with _opened(file) as reader:
        if reader.is_encrypted and not reader.decrypt(""):
            file.refuse("is encrypted: what it holds can't be read")
        found = [*_in_info(_info(reader)[0]), *_in_xmp(reader)]
    yield from found


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The document with this label alone, as an update behind what it was."""
    with _opened(file) as reader:
        if reader.is_encrypted:
            file.refuse("is encrypted: no label can be added; remove the password")
        update = _update(file, reader, text)
    again = SourceFile(BytesIO(b"".join(_whole(file)) + update), file.name)
    if [found for _, found in texts(again)] != [text]:
        file.refuse("is a PDF that no label can be added to")
    yield from ((0, file.size), update)


@contextmanager
def _opened(file: SourceFile) -> Iterator[PdfReader]:
    """The document, quietly; its damage is this room's error."""
    if file.size > MOST_AT_ONCE * 8:
        file.refuse(f"is a PDF of {file.size} bytes; {MOST_AT_ONCE * 8} are read at most")
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield PdfReader(BytesIO(b"".join(_whole(file))))
    except _BROKEN as error:
        file.refuse(f"is a damaged PDF ({type(error).__name__})")
    finally:
        log.setLevel(level)


def _whole(file: SourceFile) -> Iterator[bytes]:
    for at in range(0, file.size, 1 << 20):
        yield file.some(at, 1 << 20)


def _info(reader: PdfReader) -> tuple[dict[str, Any], IndirectObject | None]:
    """The information's entries, and where it is kept."""
    raw = reader.trailer.raw_get("/Info") if "/Info" in reader.trailer else None
    info = raw.get_object() if raw is not None else None
    entries = dict(info.items()) if isinstance(info, DictionaryObject) else {}
    return entries, raw if isinstance(raw, IndirectObject) else None


def _in_info(entries: dict[str, Any]) -> Iterator[PlacedText]:
    for key, value in list(entries.items())[:1000]:
        text = str(value.get_object() if isinstance(value, IndirectObject) else value)
        if str(key).upper() == _KEY:
            place = RIGHT if key == _KEY else f"PDF Info {key}"
            yield from plain_text(place, text.encode("utf-8", "replace"))
        else:
            yield from maybe_text(f"PDF Info {str(key)[:32]}", text)


def _metadata(reader: PdfReader) -> tuple[bytes, IndirectObject] | None:
    root = reader.trailer["/Root"].get_object()
    raw = (
        root.raw_get("/Metadata")
        if isinstance(root, DictionaryObject) and "/Metadata" in root
        else None
    )
    if not isinstance(raw, IndirectObject):
        return None
    stream: Any = raw.get_object()
    data = bytes(stream.get_data()) if hasattr(stream, "get_data") else b""
    return (data, raw) if len(data) <= MOST_PACKET else None


def _in_xmp(reader: PdfReader) -> Iterator[PlacedText]:
    found = _metadata(reader)
    if found is not None:
        yield from xmp_texts("XMP (PDF)", found[0])


def _update(file: SourceFile, reader: PdfReader, text: str) -> bytes:
    """Bytes behind the file: new objects, their cross-reference, a trailer."""
    entries, where = _info(reader)
    size = _size(reader)
    number = where.idnum if where is not None else size
    generation = where.generation if where is not None else 0
    objects = [(number, generation, _written_info(entries, text))]
    objects += _without_xmp(reader)
    made, places = b"\n", {}
    for number, generation, body in sorted(objects):
        places[number, generation] = file.size + len(made)
        made += f"{number} {generation} obj\n".encode() + body + b"\nendobj\n"
    info = f"{objects[0][0]} {objects[0][1]} R"
    return made + _cross_reference(file, reader, places, info, file.size + len(made))


def _size(reader: PdfReader) -> int:
    """One more than the highest number of an object."""
    said: Any = reader.trailer["/Size"]
    return int(said)


def _written_info(entries: dict[str, Any], text: str) -> bytes:
    kept = {k: v for k, v in entries.items() if not any(True for _ in _in_info({k: v}))}
    out = BytesIO()
    DictionaryObject({NameObject(k): v for k, v in kept.items()}).write_to_stream(out)
    escaped = re.sub(rb"([()\\])", rb"\\\1", text.encode("ascii"))
    return out.getvalue().rstrip()[:-2].rstrip() + b"\n/AIGC (" + escaped + b")\n>>"


def _without_xmp(reader: PdfReader) -> list[tuple[int, int, bytes]]:
    found = _metadata(reader)
    try:
        if found is None or not xmp.values_in(found[0]):
            return []
        data = xmp.without_label(found[0])
    except NotXmpError:
        return []
    head = f"<< /Type /Metadata /Subtype /XML /Length {len(data)} >>\nstream\n".encode()
    return [(found[1].idnum, found[1].generation, head + data + b"\nendstream")]


def _cross_reference(
    file: SourceFile, reader: PdfReader, places: dict[tuple[int, int], int], info: str, at: int
) -> bytes:
    tail = file.some(max(0, file.size - 2048), 2048)
    last = re.findall(rb"startxref\s+(\d{1,12})", tail)
    if not last:
        file.refuse("is a damaged PDF (no startxref)")
    previous = int(last[-1])
    root: IndirectObject = reader.trailer.raw_get("/Root")
    size = max(_size(reader), max(n for n, _ in places) + 1)
    said = f"/Root {root.idnum} {root.generation} R /Info {info} /Prev {previous}{_ids(reader)}"
    if file.some(previous, 16).lstrip().startswith(b"xref"):
        return _table(places) + f"trailer\n<< /Size {size} {said} >>\n{_end(at)}".encode()
    return _stream(places, size, said, at)


def _end(at: int) -> str:
    return f"startxref\n{at}\n%%EOF\n"


def _ids(reader: PdfReader) -> str:
    """The file's identifiers as they are, so that the same input gives the same bytes."""
    found: Any = reader.trailer.get("/ID")
    if not found:
        return ""
    ids = [bytes(getattr(i, "original_bytes", b"")) for i in list(found)[:2]]
    return " /ID [" + " ".join(f"<{i.hex()}>" for i in ids) + "]"


def _table(places: dict[tuple[int, int], int]) -> bytes:
    made = b"xref\n"
    for (number, generation), at in sorted(places.items()):
        made += f"{number} 1\n{at:010d} {generation:05d} n \n".encode()
    return made


def _stream(places: dict[tuple[int, int], int], size: int, said: str, at: int) -> bytes:
    """A cross-reference stream, which lists itself too (7.5.8)."""
    rows = sorted([*((n, g, p) for (n, g), p in places.items()), (size, 0, at)])
    data = b"".join(struct.pack(">BQH", 1, place, generation) for _, generation, place in rows)
    index = " ".join(f"{number} 1" for number, _, _ in rows)
    head = f"{size} 0 obj\n<< /Type /XRef /Size {size + 1} {said} /W [1 8 2] /Index [{index}] "
    return (
        f"{head}/Length {len(data)} >>\nstream\n".encode()
        + data
        + (f"\nendstream\nendobj\n{_end(at)}".encode())
    )
