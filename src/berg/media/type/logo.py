"""A brand's logo made safe to draw: checked, bounded, and free of references to anything outside.

Raster logos are decoded by Pillow, never larger than `_MOST_PIXELS`, and handed on as PNG.
SVG is drawn by Typst's resvg, which runs no scripts; what could make it read other files or grow
without bound is refused here.
"""

import re
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from berg.errors import MediaError

_MOST_BYTES = 2_000_000
"""Largest SVG: a larger one is an illustration, and slow to draw."""
_MOST_PIXELS = 40_000_000
_MOST_USES = 500
_SIDE = 1400
"""Pixels to which a raster logo is reduced: more than an end card shows."""

_REFUSED = {
    "a document type or entities": re.compile(rb"<!(DOCTYPE\s[^>]*\[|ENTITY)", re.I),
    "a script": re.compile(rb"<\s*(\w+:)?script", re.I),
    "a foreign object": re.compile(rb"<\s*(\w+:)?foreignObject", re.I),
    "a reference to another file": re.compile(
        rb"""(href|src)\s*=\s*["']\s*(?!#|data:image/(png|jpeg))[^"'\s]""", re.I
    ),
    "a style sheet from outside": re.compile(rb"@import|<\?xml-stylesheet", re.I),
}


def safe_logo(source: Path, folder: Path) -> Path:
    """A copy of the logo in `folder`, safe to draw. Raises MediaError saying what is wrong."""
    with source.open("rb") as file:
        head = file.read(4096)
    if _is_svg(head):
        return _svg(source, folder)
    return _raster(source, folder)


def _is_svg(head: bytes) -> bool:
    return b"<svg" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!--"))


def _svg(source: Path, folder: Path) -> Path:
    if source.stat().st_size > _MOST_BYTES:
        raise MediaError(f"the logo's SVG has more than {_MOST_BYTES // 10**6} MB: simplify it")
    data = source.read_bytes()
    for what, pattern in _REFUSED.items():
        if pattern.search(data):
            raise MediaError(
                f"the logo's SVG holds {what}: export it as a plain, single SVG or a PNG"
            )
    if len(re.findall(rb"<\s*(?:\w+:)?use\b", data, re.I)) > _MOST_USES:
        raise MediaError(f"the logo's SVG repeats parts more than {_MOST_USES} times: flatten it")
    target = folder / "logo.svg"
    target.write_bytes(data)
    return target


def _raster(source: Path, folder: Path) -> Path:
    try:
        with Image.open(source, formats=("PNG", "JPEG", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise MediaError(f"the logo has more than {_MOST_PIXELS // 10**6} megapixels")
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise MediaError(f"the logo can't be read as SVG, PNG, JPEG or WebP ({fault})") from fault
    upright.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    target = folder / "logo.png"
    upright.save(target, compress_level=3)
    return target
