"""How strongly a picture is marked, place by place: little on flat ground, more where it is busy.

What masks the mark is change of the mark's own fineness all around: the mean root of the local
contrast (which a single edge hardly raises, as it is rare), and of that the least nearby, so that
flat ground beside type stays flat. Whole numbers throughout: the same picture gives the same
strengths on every machine. Here too: painting the pattern (`pattern`) as strongly as that.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from berg.carriers.watermark import pattern
from berg.media.arrays import Bytes

UNIT = 16
"""What one grey level of strength (the pattern's standard deviation) is in whole numbers."""
_ROOT_UNIT = 16
_SURROUND, _AVERAGE, _LEAST = 3, 13, 9
"""Pixels of the reduced picture: what contrast is measured against, averaged over, the least of."""

_LOUDEST = 8
"""Grey levels of contrast beyond which more masks no better: else type would count as texture."""

_ROOTS = np.rint(np.sqrt(np.minimum(np.arange(256), _LOUDEST)) * _ROOT_UNIT).astype(np.uint8)

Changes = npt.NDArray[np.int16]
_SHIFT = (pattern.UNIT * UNIT).bit_length() - 1
_HALF = 1 << (_SHIFT - 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """How heavy a hand marks. Grey levels are standard deviations of the pattern."""

    flat: float
    """Grey levels on perfectly flat ground."""
    gain: float
    """Grey levels for each grey level of mean local contrast."""
    most: float
    """Grey levels at most; below 16."""
    reduction: int
    """How many times smaller the picture is looked at: 2 or 4, larger for larger tiles."""


@cache
def _strengths(hand: Hand) -> Bytes:
    contrast = (np.arange(256) / _ROOT_UNIT) ** 2
    levels = np.minimum(hand.flat + hand.gain * contrast, hand.most)
    result: Bytes = np.rint(levels * UNIT).astype(np.uint8)
    return result


def strength_of(luma: Bytes, *, hand: Hand) -> Bytes:
    """Strengths (height, width) in 1/16 grey level for a luma plane.

    A plane too small to be looked at is taken as flat.
    """
    reduction, table = hand.reduction, _strengths(hand)
    height, width = luma.shape
    low, narrow = height // reduction, width // reduction
    if min(low, narrow) < 2:
        return np.full(luma.shape, table[0], np.uint8)
    # Every second row is enough of four.
    whole = luma[: low * reduction : reduction // 2, : narrow * reduction]
    small = cv2.resize(whole, (narrow, low), interpolation=cv2.INTER_AREA)
    contrast = cv2.absdiff(small, cv2.blur(small, (_SURROUND, _SURROUND)))
    roots = cv2.blur(cv2.LUT(contrast, _ROOTS), (_AVERAGE, _AVERAGE))
    least = cv2.erode(roots, np.ones((_LEAST, _LEAST), np.uint8))
    strengths = cv2.LUT(least, table)
    result = cv2.resize(strengths, (width, height), interpolation=cv2.INTER_LINEAR_EXACT)
    return np.asarray(result, np.uint8)


def laid(tile: npt.NDArray[np.int8], *, height: int, width: int) -> Changes:
    """The tile, repeated from the upper left corner on, (height, width)."""
    period = len(tile)
    repeated = np.tile(tile, (-(-height // period), -(-width // period)))
    return np.ascontiguousarray(repeated[:height, :width], np.int16)


def change_of(strengths: Bytes, tiles: Changes) -> Changes:
    """Grey levels to add, rounded, of strengths and laid tiles of one shape."""
    change = np.multiply(strengths, tiles, dtype=np.int16)
    change += _HALF
    change >>= _SHIFT
    return change
