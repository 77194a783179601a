"""How much room a visible label takes: pure sizes, so that other type keeps clear of it.

Cards and captions know the room and not the label: another text in it sets none of them again.
Not here: the label itself (`label`).
"""

import math
import unicodedata
from itertools import pairwise

from berg.media.type.safe import safe_box
from berg.media.type.text import is_wide
from berg.schema.layer import Clear
from berg.schema.marking import LabelPlace

PLATE = 1550
"""Height of the plate, thousandths of the type's em."""
PAD = 520
"""From the plate's left and right edges to the text, thousandths of the em."""
GAP = 48
"""Between the label and other type, thousandths of the picture's shorter side."""
ROOM = 808
"""Width of the safe box where it is narrowest (upright), thousandths of the shorter side."""


def em_of(*, height: int, picture: tuple[int, int]) -> float:
    """The type's em in pixels.

    `height` in thousandths of the shorter side; `picture` its width and height in pixels.
    """
    return min(picture) * height / 1000


def plate_height(em: float) -> int:
    """Height of the plate in pixels, even."""
    return 2 * math.ceil(em * PLATE / 2000)


def clear_of(*, place: LabelPlace, height_thousandths: int, width: int, height: int) -> Clear:
    """What other type keeps free in a picture of `width` by `height` pixels with a label."""
    em = em_of(height=height_thousandths, picture=(width, height))
    band = plate_height(em) + min(width, height) * GAP // 1000
    return Clear(top=band) if place.startswith("top") else Clear(bottom=band)


def ems_of(text: str) -> float:
    """A width, in ems, that `text` never exceeds in the label's face.

    Bounds from Inter's and Noto Sans CJK's advance widths at weight 600; Typst puts a quarter of
    an em between Han and Latin.
    """
    changes = sum(is_wide(a) != is_wide(b) for a, b in pairwise(text))
    return sum(map(_bound, text)) + 0.25 * changes


def _bound(char: str) -> float:
    if is_wide(char):
        return 1.0
    if unicodedata.combining(char):
        return 0.0
    if char in "ilj.,:;!|'’·I ":
        return 0.36
    return 1.1 if char in "WMmw@%&—…" or not char.isascii() else 0.79


def fits(text: str, *, height: int) -> bool:
    """Whether a label's text fits every picture at this height of type."""
    return (ems_of(text) + 2 * PAD / 1000) * height <= ROOM


def corner_of(
    place: LabelPlace, size: tuple[int, int], *, picture: tuple[int, int]
) -> tuple[int, int]:
    """Left and top of a box of `size` in its corner of the safe box; even, as chroma wants."""
    safe = safe_box(*picture)
    left = safe.left if place.endswith("left") else safe.right - size[0]
    top = safe.top if place.startswith("top") else safe.bottom - size[1]
    return left // 2 * 2, top // 2 * 2
