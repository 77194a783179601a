"""What a poster is composed of, as far as composing and checking must know it."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from berg.media.type.safe import Box

RgbPixels: TypeAlias = npt.NDArray[np.uint8]
"""(height, width, 3), sRGB."""
Rgba: TypeAlias = npt.NDArray[np.uint8]
"""(height, width, 4), sRGB, straight alpha."""
Mask: TypeAlias = npt.NDArray[np.uint8]
"""(height, width), 0 or 255."""

LARGE, LARGE_BOLD = 24.0, 18.66
"""CSS pixels to the em from which type is large (WCAG 2.2: 18 point, bold 14 point)."""
BOLD = 700
ENOUGH, ENOUGH_LARGE = 4.5, 3.0
"""Contrast that type needs (WCAG 2.2, 1.4.3), and large type; marks too need 3 (1.4.11)."""
PHONE = 390
"""CSS pixels of a poster's shorter side where it is small: filling a phone's screen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A text, or the logo, as it stands on a poster."""

    kind: str
    box: Box
    ink: str
    """`#RRGGBB` of the letters; of a logo, its mean colour."""
    em: int
    """Pixels; 0 of a logo."""
    plate: bool
    """Whether the layer draws an opaque shape under it."""
    weight: int = 400

    @property
    def is_logo(self) -> bool:
        """Whether it is a mark rather than type."""
        return self.kind == "logo"


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlay:
    """Drawn type: pixels, and where their upper left corner lies on the poster."""

    pixels: Rgba
    left: int
    top: int

    @property
    def box(self) -> Box:
        """What it covers."""
        height, width = self.pixels.shape[:2]
        return Box(left=self.left, top=self.top, width=width, height=height)


def css_px(width: int, height: int) -> float:
    """Pixels of a poster that make one CSS pixel where it is seen smallest; at least 1.

    WCAG measures type in CSS pixels, as seen. A poster for screens is taken as filling a phone:
    its shorter side is 390 of them. So type of 1080 pixels' posters is large from 66 pixels on.
    """
    return max(1.0, min(width, height) / PHONE)


def css_px_on_paper(width: int, *, wide_mm: float) -> float:
    """Pixels that make one CSS pixel on paper, where it is 1/96 inch."""
    return max(1.0, width / wide_mm * 25.4 / 96)


def needed(piece: Piece, *, css: float) -> float:
    """The contrast that a piece needs; `css` is pixels for a CSS pixel."""
    size = piece.em / css
    large = size >= LARGE or (piece.weight >= BOLD and size >= LARGE_BOLD)
    return ENOUGH_LARGE if piece.is_logo or large else ENOUGH


def cut(box: Box, other: Box) -> Box | None:
    """What two boxes share."""
    left, top = max(box.left, other.left), max(box.top, other.top)
    right, bottom = min(box.right, other.right), min(box.bottom, other.bottom)
    if right <= left or bottom <= top:
        return None
    return Box(left=left, top=top, width=right - left, height=bottom - top)


def grown(box: Box, by: int) -> Box:
    """A box with `by` pixels more on each side."""
    return Box(
        left=box.left - by, top=box.top - by, width=box.width + 2 * by, height=box.height + 2 * by
    )


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds them all."""
    left, top = min(b.left for b in boxes), min(b.top for b in boxes)
    right, bottom = max(b.right for b in boxes), max(b.bottom for b in boxes)
    return Box(left=left, top=top, width=right - left, height=bottom - top)
