"""How large a tile is in a picture or a frame of a given size.

A picture's tile is fixed up to a nominal size, and larger in large pictures, since those are
shown, and sent on, reduced. A film's goes with its size all the way: a film scaled as a whole has
its tiles where its new size says.
"""

import math

PICTURE_PERIOD = 160
"""Pixels, in a picture of up to 1080 x 1350."""
_PICTURE_PIXELS = 1080 * 1350
_FILM_PERIOD = 320
"""Pixels, in a frame of 1080 x 1920."""
_FILM_PIXELS = 1080 * 1920
_FILM_LEAST = 96.0


def picture_period(height: int, width: int) -> int:
    """Pixels of a tile in a picture; even."""
    scale = max(1.0, math.sqrt(height * width / _PICTURE_PIXELS))
    return 2 * round(PICTURE_PERIOD * scale / 2)


def film_period(height: int, width: int) -> float:
    """Pixels of a tile in frames of this size; a marker rounds it to an even number."""
    return max(_FILM_LEAST, _FILM_PERIOD * math.sqrt(height * width / _FILM_PIXELS))
