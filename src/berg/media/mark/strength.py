"""How strongly a picture is marked, place by place: little on flat ground, more where it is busy.

What masks the mark is change of the mark's own fineness all around: the mean root of the local
contrast (which a single edge hardly raises, as it is rare), and of that the least nearby, so that
flat ground beside type stays flat. Whole numbers throughout: the same picture gives the same
strengths on every machine. Not here: the pattern (`pattern`).
"""

import cv2
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]

UNIT = 16
"""What one grey level of strength (the pattern's standard deviation) is in whole numbers."""
FLAT = 0.9
"""Grey levels on perfectly flat ground."""
GAIN = 0.42
"""Grey levels for each grey level of mean local contrast."""
MOST = 5.0
"""Grey levels at most."""
_ROOT_UNIT = 16
_SURROUND, _AVERAGE, _LEAST = 7, 13, 7
"""Pixels of the reduced picture: what contrast is measured against, averaged over, the least of."""

_ROOTS = np.minimum(np.rint(np.sqrt(np.arange(256)) * _ROOT_UNIT), 255).astype(np.uint8)
_STRENGTHS = np.rint(
    np.minimum(FLAT + GAIN * (np.arange(256) / _ROOT_UNIT) ** 2, MOST) * UNIT
).astype(np.uint8)


def strength_of(luma: Bytes, *, reduction: int) -> Bytes:
    """Strengths (height, width) in 1/16 grey level, of a luma plane seen `reduction` times smaller.

    A plane smaller than the reduction is taken as flat.
    """
    height, width = luma.shape
    low, narrow = height // reduction, width // reduction
    if min(low, narrow) < 2:
        return np.full(luma.shape, _STRENGTHS[0], np.uint8)
    whole = luma[: low * reduction, : narrow * reduction]
    small = cv2.resize(whole, (narrow, low), interpolation=cv2.INTER_AREA)
    contrast = cv2.absdiff(small, cv2.blur(small, (_SURROUND, _SURROUND)))
    roots = cv2.blur(cv2.LUT(contrast, _ROOTS), (_AVERAGE, _AVERAGE))
    least = cv2.erode(roots, np.ones((_LEAST, _LEAST), np.uint8))
    strengths = cv2.LUT(least, _STRENGTHS)
    result = cv2.resize(strengths, (width, height), interpolation=cv2.INTER_LINEAR_EXACT)
    return np.asarray(result, np.uint8)
