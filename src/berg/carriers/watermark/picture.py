"""Marking pictures, and finding marks in them without the original."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.grid import Grid, likely_grids
from berg.carriers.watermark.pattern import tile_of
from berg.carriers.watermark.payload import word_of
from berg.carriers.watermark.reading import read, turned_ways
from berg.carriers.watermark.sizes import picture_period
from berg.carriers.watermark.spectrum import Spectrum, evened
from berg.carriers.watermark.strength import Hand, change_of, laid, strength_of
from berg.media.arrays import Bytes

HAND = Hand(flat=0.65, gain=0.8, most=3.4, reduction=2)
_MOST_PIXELS = 1_600_000
"""A larger picture is looked at reduced to this."""
_PERIODS = (60.0, 480.0)
_ANGLE = np.radians(3.5)
_GRIDS = 6
_LEAST_SIDE = 64
"""Pixels; in a smaller picture nothing is looked for."""


def mark_picture(rgb: Bytes, *, identifier: str, key: MarkKey) -> Bytes:
    """A marked copy of an RGB picture (height, width, 3).

    The mark is added to luma, so that colours stay; the same input gives the same bytes on every
    machine. Raises ValueError for another shape or a wrong identifier.
    """
    if rgb.ndim != 3 or rgb.shape[2] != 3 or rgb.dtype != np.uint8 or 0 in rgb.shape:
        raise ValueError("a picture is uint8 of shape (height, width, 3)")
    height, width, _ = rgb.shape
    word, period = word_of(identifier, key.secret), picture_period(height, width)
    tiles = laid(tile_of(word, key.secret, period=period), height=height, width=width)
    luma = _luma_of(rgb)
    change = change_of(strength_of(luma, hand=HAND), tiles)
    added = cv2.add(rgb, cv2.merge([change] * 3), dtype=cv2.CV_8U)
    return np.asarray(added, np.uint8)


def find_in_picture(rgb: Bytes, *, keys: Sequence[MarkKey], thorough: bool = True) -> Found | None:
    """The first mark that one of the keys finds in an RGB picture, or None.

    First where an unscaled picture has it; then, if `thorough`, at periods of 60 to 480 pixels,
    turned by up to 3.5 degrees, by quarters, and mirrored.
    """
    if min(rgb.shape[:2]) < _LEAST_SIDE:
        return None
    luma = _looked_at(_luma_of(rgb))
    plane = evened(luma)
    spectrum = Spectrum.of(plane)
    scale = luma.shape[0] / rgb.shape[0]
    for grid in _grids(plane, spectrum, picture_period(*rgb.shape[:2]) * scale, thorough):
        for key in keys:
            found = read(spectrum, grid, key)
            if found is not None:
                return found
    return None


def _grids(
    plane: npt.NDArray[np.float32], spectrum: Spectrum, period: float, thorough: bool
) -> Iterator[Grid]:
    yield Grid(period=period)
    if thorough:
        for likely in likely_grids(plane, spectrum, periods=_PERIODS, angle=_ANGLE, count=_GRIDS):
            yield from turned_ways(likely)


def _looked_at(luma: Bytes) -> Bytes:
    shrink = np.sqrt(luma.size / _MOST_PIXELS)
    if shrink <= 1:
        return luma
    size = (max(1, round(luma.shape[1] / shrink)), max(1, round(luma.shape[0] / shrink)))
    return np.asarray(cv2.resize(luma, size, interpolation=cv2.INTER_AREA), np.uint8)


def _luma_of(rgb: Bytes) -> Bytes:
    return np.asarray(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), np.uint8)
