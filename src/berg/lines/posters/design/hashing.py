"""A perceptual hash: 64 bits that stay nearly the same while a picture looks the same.

The lowest 8 x 8 frequencies of the brightness at 32 x 32, each above or below their median
(Zauner 2010, "Implementation and benchmarking of perceptual image hash functions", 3.2.1).
Comparing hashes is in `likeness`.
"""

import cv2
import numpy as np

from berg.lines.posters.design.parts import RgbPixels

_SIDE, _LOW = 32, 8


def phash(picture: RgbPixels) -> str:
    """16 hex digits."""
    # A sixteenth of the pixels tells as much of 8 x 8 waves, unless there are few.
    step = 4 if min(picture.shape[:2]) >= 8 * _SIDE else 1
    grey = cv2.cvtColor(np.ascontiguousarray(picture[::step, ::step]), cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:_LOW, :_LOW].ravel()
    # The mean says how bright all is; with it the median would tell nothing. Whole numbers: a
    # machine's last bit of rounding must not turn a bit of the hash.
    values = np.rint(low).astype(np.int64)
    bits = values > np.median(values[1:])
    bits[0] = False
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
