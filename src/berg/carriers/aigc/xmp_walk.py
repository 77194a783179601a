"""Walking an XMP packet: which labels it holds, at which bytes, and where a new one goes.

The parser hears no document type and no entities, and depth and counts are bounded.
"""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from berg.carriers.aigc.study import FIELDS, looks_like_label

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MOST_PACKET = 4 << 20
"""Bytes of a packet that are parsed."""
_MOST_DEPTH = 64
_MOST_VALUES = 64
_MOST_VALUE = 64 << 10
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*+>""")


class NotXmpError(ValueError):
    """The packet is no XML that is read here; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class XmpContents:
    """What a packet holds, and where."""

    texts: tuple[str, ...]
    """The labels."""
    spans: tuple[tuple[int, int], ...]
    """Bytes that are labels, and descriptions that hold nothing else."""
    insert_at: int | None
    """Where the first `rdf:RDF` ends; None where there is none with room."""
    rdf: str
    """The prefix of RDF's namespace."""
    about: str
    """What the packet's descriptions say that they are about."""


def survey(packet: bytes) -> XmpContents:
    """Walk a packet of UTF-8. Raises NotXmpError."""
    if len(packet) > MOST_PACKET:
        raise NotXmpError(f"it has {len(packet)} bytes; at most {MOST_PACKET} are read")
    walker = _LabelWalker(packet)
    try:
        walker.parser.Parse(packet, True)
    except expat.ExpatError as error:
        raise NotXmpError(f"it is not well-formed XML: {error}") from error
    return XmpContents(
        texts=tuple(walker.texts),
        spans=tuple(walker.spans),
        insert_at=walker.insert_at,
        rdf=walker.rdf,
        about=walker.about or "",
    )


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    begin: int
    bare: bool
    """A description without properties of its own."""
    labels: int = 0
    others: int = 0
    """Content beside labels."""


@dataclass(slots=True)
class _OpenLabel:
    """A label that has begun."""

    begin: int
    depth: int
    namespace: str
    text: list[str] = field(default_factory=list)
    inner: dict[str, list[str]] = field(default_factory=dict)


class _LabelWalker:
    """Hears the parser."""

    def __init__(self, packet: bytes) -> None:
        self.texts: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.insert_at: int | None = None
        self.rdf = "rdf"
        self.about: str | None = None
        self._packet = packet
        self._open: list[_Open] = []
        self._value: _OpenLabel | None = None
        self._field: str | None = None
        self._rdf_begin = -1
        self.parser = self._parser()

    def _parser(self) -> Any:
        parser: Any = expat.ParserCreate("UTF-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        return parser

    def _refuse(self, *_: object) -> None:
        raise NotXmpError("it declares a document type, which no XMP needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _MOST_DEPTH:
            raise NotXmpError(f"it is nested deeper than {_MOST_DEPTH}")
        space, local, prefix = _split(name)
        at = self.parser.CurrentByteIndex
        is_label = local == "AIGC" and bool(space)
        if self._open and not is_label:
            self._open[-1].others += 1
        described = space == RDF and local == "Description"
        self._open.append(_Open(at, bare=described))
        if space == RDF and local == "RDF" and self._rdf_begin < 0:
            self._rdf_begin, self.rdf = at, prefix
        if self._value is not None:
            self._field = local
        elif is_label:
            self._value = _OpenLabel(at, len(self._open), space)
        for attribute, text in attributes.items():
            self._attribute(attribute, text)

    def _attribute(self, name: str, text: str) -> None:
        space, local, prefix = _split(name)
        here = self._open[-1]
        if space == RDF and local == "about":
            self.about = text if self.about is None else self.about
        elif local == "AIGC" and space and _is_label(space, text):
            self._take(text)
            here.labels += 1
            self.spans += self._spans_of(f"{prefix}:AIGC", here.begin)
        else:
            here.bare = False

    def _spans_of(self, name: str, at: int) -> list[tuple[int, int]]:
        raw = self._packet[at : self._tag_end(at)]
        matches = [m for m in _ATTRIBUTE.finditer(raw) if m[1] == name.encode()]
        return [(at + m.start(), at + m.end()) for m in matches]

    def _end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        space, local, _ = _split(name)
        here = self._open.pop()
        first = space == RDF and local == "RDF" and self.insert_at is None
        if first and at != self._rdf_begin:  # `<rdf:RDF/>` holds no place
            self.insert_at = at
        value = self._value
        if value is not None and len(self._open) == value.depth - 1:
            self._keep(value, self._tag_end(at))
            self._value = None
        self._field = None
        if here.bare and here.labels and not here.others:
            self.spans.append((here.begin, self._tag_end(at)))

    def _keep(self, value: _OpenLabel, end: int) -> None:
        text = "".join(value.text).strip()
        inner = {n: "".join(v).strip() for n, v in value.inner.items() if n in FIELDS}
        if inner and not text.startswith("{"):
            text = "\n".join(f"{n}: {v}" for n, v in inner.items())
        parent = self._open[-1] if self._open else None
        if _is_label(value.namespace, text):
            self._take(text)
            self.spans.append((value.begin, end))
            if parent:
                parent.labels += 1
        elif parent:
            parent.others += 1

    def _take(self, text: str) -> None:
        if len(self.texts) >= _MOST_VALUES:
            raise NotXmpError(f"it has more than {_MOST_VALUES} labels")
        self.texts.append(text[:_MOST_VALUE])

    def _text(self, text: str) -> None:
        value = self._value
        if value is None:
            if self._open and text.strip():
                self._open[-1].others += 1
        elif self._field is None:
            value.text.append(text)
        elif len(value.inner) < _MOST_VALUES or self._field in value.inner:
            value.inner.setdefault(self._field, []).append(text)

    def _tag_end(self, at: int) -> int:
        match = _TAG.match(self._packet, at)
        return match.end() if match else len(self._packet)


def _is_label(namespace: str, text: str) -> bool:
    return "tc260.org" in namespace.casefold() or looks_like_label(text)


def _split(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix, as the parser joins them."""
    parts = name.split(" ")
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""
