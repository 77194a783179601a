"""Painting the pattern: tiles laid side by side, each place as strongly as it bears."""

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark import pattern, strength
from berg.media.arrays import Bytes

Changes = npt.NDArray[np.int16]

_SHIFT = (pattern.UNIT * strength.UNIT).bit_length() - 1
_HALF = 1 << (_SHIFT - 1)


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
