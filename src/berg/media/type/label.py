"""The visible label: that this was generated, in words, on a quiet plate in a corner.

The plate carries the contrast, so that no picture can make the label hard to read. Neither its
colours nor its weight are the brand's: it is a notice, not a part of the design.
Not here: how much room it takes (`label_room`), what it says (the profile).
"""

import math
from typing import Any

from berg.errors import StepError
from berg.media.type.colour import DARK, LIGHT
from berg.media.type.coverage import coverage, missing_glyphs, settable
from berg.media.type.label_room import PAD, corner_of, em_of, plate_height
from berg.media.type.safe import Box, safe_box
from berg.media.type.setter import Setter, Typeface, span, text_item
from berg.media.type.sheet import Cut, make_sheet
from berg.media.type.text import is_wide
from berg.schema.layer import Layer
from berg.schema.marking import LabelPlace

_DENSITY = 0xB4
"""Opacity of the plate, 0 to 255: white type on it keeps 6.9 : 1 even over a white picture."""
_ROUND = 0.34
"""Radius of the plate's corners, ems."""


def set_label(
    text: str,
    *,
    language: str,
    family: str,
    place: LabelPlace,
    height_thousandths: int,
    width: int,
    height: int,
    setter: Setter,
) -> tuple[bytes, tuple[Layer, ...]]:
    """The sheet's PNG and its one layer, for a picture of `width` by `height` pixels.

    Raises StepError if a letter is in none of the fonts, nothing is left to be set, or the text is
    wider than the safe box: smaller type than was asked for would be no label.
    """
    line = _settable(text, setter)
    em = em_of(height=height_thousandths, picture=(width, height))
    face = Typeface(family=setter.family(family), size=em, weight=600, tracking=em * 0.004)
    wide, tall = _plate_of(line, face, language, setter), plate_height(em)
    if wide > safe_box(width, height).width:
        raise StepError(f"the label {line!r} is wider than the picture: shorten the profile's text")
    left, top = corner_of(place, (wide, tall), picture=(width, height))
    items = _items(line, face, language, Box(left=left, top=top, width=wide, height=tall))
    box = Box(left=left, top=top, width=wide, height=tall)
    cut = Cut(box=box, items=items)
    return make_sheet([cut], setter=setter, language=language, width=width, height=height)


def _settable(text: str, setter: Setter) -> str:
    missing = missing_glyphs(text, setter.fonts)
    line = settable(text, coverage(setter.fonts))
    if missing or not any(char.isalnum() for char in line):
        what = f"has {missing[:40]!r}" if missing else f"can set {text[:40]!r}"
        raise StepError(f"no font that berg was given {what}: change the label's text")
    return line


def _plate_of(line: str, face: Typeface, language: str, setter: Setter) -> int:
    """Width of the plate in pixels, even."""
    (width,) = setter.widths([line], face, language=language)
    return 2 * math.ceil((width + 2 * face.size * PAD / 1000) / 2)


def _items(line: str, face: Typeface, language: str, plate: Box) -> list[dict[str, Any]]:
    # The optical middle of Han is its square's; of Latin it is that of its capitals.
    rise = 0.376 if any(map(is_wide, line)) else 0.364
    baseline = plate.top + plate.height / 2 + face.size * rise
    ground = {
        "kind": "rect", "x": plate.left, "y": plate.top, "width": plate.width,
        "height": plate.height, "radius": face.size * _ROUND, "fill": f"{DARK}{_DENSITY:02X}",
    }  # fmt: skip
    middle = plate.left + plate.width / 2
    words = [span(line, LIGHT)]
    return [ground, text_item(face, words, x=middle, y=baseline, language=language, align="center")]
