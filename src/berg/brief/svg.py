"""Checking a logo drawn as SVG: well-formed, self-contained, of a known size. Not drawing it."""

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

from berg.errors import MediaError
from berg.schema.media import MediaFacts

MAX_BYTES = 2 << 20
_NUMBER = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*(?:px|pt)?\s*")
_ACTIVE = frozenset({"script", "foreignObject", "image", "iframe", "a", "animate", "set"})


def svg_facts(path: Path) -> MediaFacts:
    """Facts of an SVG logo. Raises MediaError if it is damaged or reaches for other files."""
    if path.stat().st_size > MAX_BYTES:
        raise MediaError(f"{path.name}: larger than {MAX_BYTES >> 20} MiB; simplify the drawing")
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:
        raise MediaError(f"{path.name}: has a DOCTYPE or entities; export it as plain SVG")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise MediaError(f"{path.name}: not a readable SVG ({error}); export it again") from error
    if _local(root.tag) != "svg":
        raise MediaError(f"{path.name}: not an SVG drawing; use SVG, PNG or JPEG")
    for element in root.iter():
        _check(element, path.name)
    width, height = _size(root)
    return MediaFacts(kind="image", width=width, height=height, frames=1, alpha=True)


def _check(element: ElementTree.Element, name: str) -> None:
    tag = _local(element.tag)
    if tag in _ACTIVE:
        raise MediaError(f"{name}: holds <{tag}>; a logo may hold shapes and text only")
    for key, value in element.attrib.items():
        if _local(key) == "href" and not value.startswith("#"):
            raise MediaError(f"{name}: refers to another file; embed it as shapes")
        if "url(" in value.replace(" ", "") and "url(#" not in value.replace(" ", ""):
            raise MediaError(f"{name}: refers to another file; embed it as shapes")


def _size(root: ElementTree.Element) -> tuple[int, int]:
    box = root.get("viewBox", "").replace(",", " ").split()
    texts = box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")]
    sizes = [_NUMBER.fullmatch(text) for text in texts]
    numbers = [max(1, round(Fraction(m[1]))) if m else 256 for m in sizes]
    return numbers[0], numbers[1]


def _local(name: object) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""
