"""Contrast of letters to what lies around them, as WCAG 2.2 counts it, on real pixels.

A mean would hide the one bright window behind a word. So the tenth percentile of each square of
one em is taken, and the lowest of these; and the fifth percentile of all, if that is lower still.
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from berg.lines.posters.design.letters import Rim
from berg.media.type.colour import luminance

_LOCAL, _OVERALL = 10, 5
"""Per cent of the pixels that may have less contrast: in a square of one em, and of all."""
_FEW = 24
"""Pixels; a square with fewer is no letter's."""

_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4)
_SHARES = np.array([[0.2126], [0.7152], [0.0722]]) * _LINEAR
"""What each level of red, green and blue adds to relative luminance."""


@dataclass(frozen=True, slots=True)
class Weak:
    """How little contrast there is, and the pixels of a rim that decide it."""

    contrast: float
    """1 to 21; 21 of an empty rim."""
    deciding: npt.NDArray[np.intp]
    """Places in the rim: one for each square of one em, and one for all."""


def luminances(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Relative luminance, 0 to 1, of (n, 3) sRGB pixels."""
    red, green, blue = pixels.T
    return np.asarray(_SHARES[0][red] + _SHARES[1][green] + _SHARES[2][blue])


def contrasts(values: npt.NDArray[np.float64], ink: str) -> npt.NDArray[np.float64]:
    """Contrast of each luminance to an ink."""
    own = luminance(ink)
    high, low = np.maximum(values, own), np.minimum(values, own)
    return np.asarray((high + 0.05) / (low + 0.05))


def weakest(pixels: npt.NDArray[np.uint8], rim: Rim, *, ink: str) -> Weak:
    """The contrast of a piece in `ink` to (n, 3) pixels, which are those of its rim."""
    count = len(pixels)
    if not count:
        return Weak(21.0, np.empty(0, np.intp))
    # In thousandths, rounded down; one sort for all squares: by square, then by contrast.
    found = (contrasts(luminances(pixels), ink) * 1000).astype(np.int64)
    order = np.argsort(rim.cells * 32768 + found)
    sizes = np.bincount(rim.cells)
    starts = np.cumsum(sizes) - sizes
    enough = sizes >= min(_FEW, sizes.max())
    local = order[(starts + sizes * _LOCAL // 100)[enough]]
    at = count * _OVERALL // 100
    deciding = np.append(local, np.argpartition(found, at)[at])
    return Weak(float(found[deciding].min()) / 1000, deciding)
