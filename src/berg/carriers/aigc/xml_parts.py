"""Small XML files as a list of elements with their places, for editing them as bytes.

For the parts of Office documents. No document type, no entities; depth and counts are bounded.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

_MOST_BYTES = 4 << 20
_MOST_ELEMENTS = 100_000
_MOST_DEPTH = 32


class NotXmlError(ValueError):
    """The bytes are no XML that is read here."""


@dataclass(slots=True)
class XmlElement:
    """One element."""

    namespace: str
    name: str
    attributes: dict[str, str]
    begin: int
    """Offset of its start tag."""
    depth: int
    """0 for the root."""
    close: int = 0
    """Offset of its end tag; `begin` for an element without one."""
    end: int = 0
    """Offset behind it."""
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it and its inner elements say."""
        return "".join(self.pieces)


def utf8(data: bytes) -> bytes:
    """The file in UTF-8 without a byte order mark. Raises NotXmlError."""
    if len(data) > _MOST_BYTES:
        raise NotXmlError(f"it has {len(data)} bytes; at most {_MOST_BYTES} are read")
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return data.decode("utf-16").replace("utf-16", "utf-8", 1).encode()
        return data.decode("utf-8-sig").encode()
    except UnicodeError as error:
        raise NotXmlError("its text is damaged") from error


def parts(data: bytes) -> list[XmlElement]:
    """Elements in the order of their beginnings. Raises NotXmlError."""
    walker = _ElementWalker(data)
    try:
        walker.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotXmlError(f"it is not well-formed XML: {error}") from error
    return walker.found


class _ElementWalker:
    """Hears the parser."""

    def __init__(self, data: bytes) -> None:
        self.found: list[XmlElement] = []
        self._data = data
        self._open: list[XmlElement] = []
        self.parser: Any = expat.ParserCreate("UTF-8", " ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise NotXmlError("it declares a document type")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _MOST_DEPTH or len(self.found) >= _MOST_ELEMENTS:
            raise NotXmlError("it is nested too deeply, or has too many elements")
        namespace, _, local = name.rpartition(" ")
        at = self.parser.CurrentByteIndex
        part = XmlElement(namespace, local, dict(attributes), at, len(self._open))
        self.found.append(part)
        self._open.append(part)

    def _end(self, name: str) -> None:
        part = self._open.pop()
        part.close = self.parser.CurrentByteIndex
        end = self._data.find(b">", part.close)  # an end tag, or attributes without `>` in them
        part.end = (end if end >= 0 else len(self._data) - 1) + 1

    def _text(self, text: str) -> None:
        for part in self._open[-2:]:
            part.pieces.append(text)
