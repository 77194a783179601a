"""Names of the places in which labels stand, as people read them."""

from collections.abc import Iterator
from typing import NamedTuple

from berg.carriers.aigc.study import looks_like_label
from berg.carriers.aigc.xmp import values_in
from berg.carriers.aigc.xmp_walk import NotXmpError


class PlacedText(NamedTuple):
    """A label's text and the place in which it stands."""

    place: str
    text: str


def xmp_texts(place: str, packet: bytes) -> Iterator[PlacedText]:
    """Labels in an XMP packet. One that can't be parsed and speaks of AIGC is given as it is."""
    try:
        yield from (PlacedText(place, text) for text in values_in(packet))
    except NotXmpError as error:
        if b"AIGC" in packet[: 1 << 20]:
            yield PlacedText(place, f"unreadable XMP: {error}")


def plain_text(place: str, raw: bytes) -> Iterator[PlacedText]:
    """A label in a place that is its own."""
    yield PlacedText(place, raw[: 64 << 10].decode("utf-8", "replace").strip("\0"))


def maybe_text(place: str, text: str) -> Iterator[PlacedText]:
    """A label in a place that may hold anything."""
    if looks_like_label(text):
        yield PlacedText(place, text)
