"""XMP packets (ISO 16684-1): reading `TC260:AIGC` in them, and setting it without touching else.

The guides TC260-PG-20257A, 20259A and 202510A (clause 6) put the label's JSON into the property
`AIGC` of the namespace below, and ask that other content is kept. Packets are edited as bytes at
the places that the parser names, so all else stays as it was. No DTD, no entities, bounded depth.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from berg.carriers.aigc.xmp_walk import RDF, NotXmpError, survey

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_TAIL = b'<?xpacket end="w"?>'
_PADDING = re.compile(rb"\s+(?=<\?xpacket end=)")


def values_in(packet: bytes) -> tuple[str, ...]:
    """The labels' texts in a packet, in order. Raises NotXmpError."""
    return survey(_clean(packet)).texts


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
    return _cut(clean, survey(clean).spans, blank=same_length)


def unpadded(packet: bytes) -> bytes:
    """A packet without the padding that is there for editing in place."""
    return _PADDING.sub(b"", packet)


def _merged(packet: bytes, text: str) -> bytes | None:
    found = survey(packet)
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
    """Without the spans; of spans inside each other the outer one counts."""
    made, at = [], 0
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if begin < at:
            continue
        made += [packet[at:begin], b" " * (end - begin) if blank else b""]
        at = end
    return b"".join((*made, packet[at:]))


def _clean(packet: bytes) -> bytes:
    """As UTF-8, without what stands around it."""
    for bom, name in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if packet.startswith(bom):
            try:
                return packet.decode(name).encode()
            except (UnicodeDecodeError, UnicodeEncodeError) as error:
                raise NotXmpError("it is no UTF-16") from error
    return packet.strip(b"\0 \r\n\t")
