"""Painting the pattern: tiles laid side by side, each place as strongly as it bears."""

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.mark import pattern, strength
from berg.media.mark.strength import Bytes

Changes = npt.NDArray[np.int16]

_SHIFT = (pattern.UNIT * strength.UNIT).bit_length() - 1
_HALF = 1 << (_SHIFT - 1)
_ROWS = 64
"""Rows painted at once: what fits a core's own cache."""


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


def paint(luma: Bytes, strengths: Bytes, tiles: Changes, *, onto: Bytes) -> None:
    """Mark a luma plane onto another, or onto itself; all of one shape."""
    for top in range(0, len(luma), _ROWS):
        rows = slice(top, top + _ROWS)
        change = change_of(strengths[rows], tiles[rows])
        cv2.add(luma[rows], change, dst=onto[rows], dtype=cv2.CV_8U)
