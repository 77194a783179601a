"""XMP packets (ISO 16684-1): reading `TC260:AIGC` in them, and setting it without touching else.

The guides TC260-PG-20257A, 20259A and 202510A (clause 6) put the label's JSON into the property
`AIGC` of the namespace below, and ask that other content is kept. Packets are edited as bytes at
the places that the parser names, so all else stays as it was. No DTD, no entities, bounded depth.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from berg.media.aigc.study import FIELDS, looks_like_label

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
MOST_PACKET = 4 << 20
"""Bytes of a packet that are parsed."""
MOST_DEPTH = 64
MOST_VALUES = 64
MOST_VALUE = 64 << 10
_HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_TAIL = b'<?xpacket end="w"?>'
_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>"']+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*+>""")
_PADDING = re.compile(rb"\s+(?=<\?xpacket end=)")


class NotXmpError(ValueError):
    """The packet is no XML that is read here; the message says why."""


def values_in(packet: bytes) -> tuple[str, ...]:
    """The labels' texts in a packet, in order. Raises NotXmpError."""
    return tuple(found.text for found in _survey(_clean(packet)).found)


def with_label(packet: bytes | None, text: str) -> bytes:
    """A packet that holds `text` as its only label, and else what it held.

    A packet that is no XML holds nothing that a reader could use, and is made anew.
    """
    if packet is not None:
        try:
            merged = _merged(_clean(packet), text)
        except NotXmpError:
            merged = None
        if merged is not None:
            return merged
    body = f'<rdf:RDF xmlns:rdf="{RDF}">{_description("rdf", "", text)}</rdf:RDF>'
    return b"".join(
        (_HEAD, b'<x:xmpmeta xmlns:x="adobe:ns:meta/">', body.encode(), b"</x:xmpmeta>", _TAIL)
    )


def without_label(packet: bytes, *, same_length: bool = False) -> bytes:
    """A packet without labels, or with spaces in their place. Raises NotXmpError."""
    clean = packet if same_length else _clean(packet)
    return _cut(clean, _survey(clean).spans, blank=same_length)


def unpadded(packet: bytes) -> bytes:
    """A packet without the padding that is there for editing in place."""
    return _PADDING.sub(b"", packet)


def _merged(packet: bytes, text: str) -> bytes | None:
    found = _survey(packet)
    if found.insert_at is None:
        return None
    new = _description(found.rdf, found.about, text).encode()
    head, tail = packet[: found.insert_at], packet[found.insert_at :]
    spans = [span for span in found.spans if span[1] <= found.insert_at]
    return _cut(head, spans) + new + tail if len(spans) == len(found.spans) else None


def _description(rdf: str, about: str, text: str) -> str:
    prefix = f"{rdf}:" if rdf else ""
    named = f' {prefix}about="{escape(about, {chr(34): "&quot;"})}"' if prefix else ""
    return (
        f'<{prefix}Description{named} xmlns:TC260="{NAMESPACE}">'
        f"<TC260:AIGC>{escape(text)}</TC260:AIGC></{prefix}Description>"
    )


def _cut(packet: bytes, spans: Sequence[tuple[int, int]], *, blank: bool = False) -> bytes:
    made, at = [], 0
    for begin, end in sorted(spans):
        if begin < at:
            continue  # inside one that is cut already
        made += [packet[at:begin], b" " * (end - begin) if blank else b""]
        at = end
    return b"".join((*made, packet[at:]))


def _clean(packet: bytes) -> bytes:
    """As UTF-8, without what stands around it."""
    for mark, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if packet.startswith(mark):
            try:
                return packet.decode(name).encode()
            except (UnicodeDecodeError, UnicodeEncodeError) as error:
                raise NotXmpError("it is no UTF-16") from error
    return packet.strip(b"\0 \r\n\t")


@dataclass(slots=True)
class _Value:
    begin: int
    depth: int
    namespace: str
    text: list[str] = field(default_factory=list)
    inner: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    text: str


@dataclass(slots=True)
class _Survey:
    """What a packet holds, and where."""

    found: list[_Found] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    """Bytes of labels, to be cut."""
    insert_at: int | None = None
    """Where the first `rdf:RDF` ends."""
    rdf: str = "rdf"
    about: str = ""
    """What the packet's descriptions say that they are about."""


def _survey(packet: bytes) -> _Survey:
    if len(packet) > MOST_PACKET:
        raise NotXmpError(f"it has {len(packet)} bytes; at most {MOST_PACKET} are read")
    walker = _Walker(packet)
    try:
        walker.parser.Parse(packet, True)
    except expat.ExpatError as error:
        raise NotXmpError(f"it is not well-formed XML: {error}") from error
    except RecursionError as error:
        raise NotXmpError("it is nested too deeply") from error
    return walker.survey


class _Walker:
    """Hears the parser."""

    def __init__(self, packet: bytes) -> None:
        self.survey = _Survey()
        self._packet = packet
        self._depth = 0
        self._value: _Value | None = None
        self._field: str | None = None
        self._described = False
        self._rdf_begin = -1
        parser: Any = expat.ParserCreate("UTF-8", " ")
        parser.namespace_prefixes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        self.parser = parser

    def _refuse(self, *_: object) -> None:
        raise NotXmpError("it declares a document type, which no XMP needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotXmpError(f"it is nested deeper than {MOST_DEPTH}")
        space, local, prefix = _split(name)
        at = self.parser.CurrentByteIndex
        if space == RDF and local == "RDF" and self._rdf_begin < 0:
            self._rdf_begin, self.survey.rdf = at, prefix
        if self._value is not None:
            self._field = local
        elif local == "AIGC" and space:
            self._value = _Value(at, self._depth, space)
        self._attributes(space, local, attributes, at)

    def _attributes(self, space: str, local: str, attributes: dict[str, str], at: int) -> None:
        for name, text in attributes.items():
            other, inner, prefix = _split(name)
            if other == RDF and inner == "about" and not self._described:
                self._described, self.survey.about = True, text
            if inner == "AIGC" and other and _is_label(other, text):
                self._take(text)
                self.survey.spans += self._spans_of(f"{prefix}:AIGC", at)

    def _spans_of(self, name: str, at: int) -> list[tuple[int, int]]:
        raw = self._packet[at : self._tag_end(at)]
        matches = [m for m in _ATTRIBUTE.finditer(raw) if m[1] == name.encode()]
        return [(at + m.start(), at + m.end()) for m in matches]

    def _end(self, name: str) -> None:
        at = self.parser.CurrentByteIndex
        space, local, _ = _split(name)
        first = space == RDF and local == "RDF" and self.survey.insert_at is None
        if first and at != self._rdf_begin:  # `<rdf:RDF/>` holds no place
            self.survey.insert_at = at
        value = self._value
        if value is not None and self._depth == value.depth:
            self._keep(value, self._tag_end(at))
            self._value = None
        self._field = None
        self._depth -= 1

    def _keep(self, value: _Value, end: int) -> None:
        text = "".join(value.text).strip()
        inner = {n: v for n, v in value.inner.items() if n in FIELDS}
        if inner and not text.startswith("{"):
            text = "\n".join(f"{n}: {v}" for n, v in inner.items())
        if _is_label(value.namespace, text):
            self._take(text)
            self.survey.spans.append((value.begin, end))

    def _take(self, text: str) -> None:
        if len(self.survey.found) >= MOST_VALUES:
            raise NotXmpError(f"it has more than {MOST_VALUES} labels")
        self.survey.found.append(_Found(text=text[:MOST_VALUE]))

    def _text(self, text: str) -> None:
        value = self._value
        if value is None:
            return
        if self._field is None:
            value.text.append(text)
        elif len(value.inner) < MOST_VALUES:
            value.inner[self._field] = value.inner.get(self._field, "") + text

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
