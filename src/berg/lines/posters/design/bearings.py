"""How far a letter's ink stands in from its box: for edges that look straight.

A column of large lines whose boxes align looks ragged: H begins inside its box, T at its edge.
Measured once a letter by drawing it. Not here: widths, which Typst measures (`texts`).
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from berg.media.type.coverage import coverage
from berg.media.type.text import is_wide

_EM = 200
_HANGING = "“‘\"'«‹"
"""Opening quotes hang outside the edge, all but a little."""


def start_of(char: str, *, fonts: tuple[Path, ...], weight: int) -> float:
    """From the left edge of a first letter's box to its ink, ems."""
    found = _sides(char, _font_for(char, fonts), weight)
    return found[1] * 0.8 if char in _HANGING else found[0]


def end_of(char: str, *, fonts: tuple[Path, ...], weight: int) -> float:
    """From the ink of a last letter to the right edge of its box, ems."""
    _, right, advance = _sides(char, _font_for(char, fonts), weight)
    return advance - right


def _font_for(char: str, fonts: tuple[Path, ...]) -> Path:
    if is_wide(char) and char not in coverage(fonts[:1]):
        return fonts[-1]
    return fonts[0]


@lru_cache(maxsize=4096)
def _sides(char: str, path: Path, weight: int) -> tuple[float, float, float]:
    """Left and right of the ink, and the advance, ems."""
    font = _font(path, weight)
    page = Image.new("L", (4 * _EM, 3 * _EM))
    ImageDraw.Draw(page).text((_EM, 2 * _EM), char, font=font, fill=255, anchor="ls")
    ink = page.getbbox()
    advance = font.getlength(char) / _EM
    if ink is None:
        return 0.0, advance, advance
    return (ink[0] - _EM) / _EM, (ink[2] - _EM) / _EM, advance


@lru_cache(maxsize=16)
def _font(path: Path, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(path), _EM)
    try:
        wanted = [_axis(axis, weight) for axis in font.get_variation_axes()]
        font.set_variation_by_axes(wanted)
    except OSError:
        pass  # a font without axes has one weight
    return font


def _axis(axis: Mapping[str, Any], weight: int) -> float:
    if axis["name"] == b"Weight":
        return float(min(max(weight, axis["minimum"]), axis["maximum"]))
    return float(axis["maximum" if b"ptical" in axis["name"] else "default"])
