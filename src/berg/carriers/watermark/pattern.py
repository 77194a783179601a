"""The pattern: a tile that repeats, made of plane waves whose signs carry sync and coded bits.

A tile of any period holds the same waves: those with a whole number of cycles, 6 to 28, along the
tile (as length of the vector of cycles across and down). Each wave has two quadratures, so that a
tile has some 2,300 places for a sign. Places are dealt by the key, rings of like frequency by
turns: each ring gives one place to every coded bit and the rest to the sync, whose signs the key
alone decides. So every bit has low, middle and high waves, and a reader who has the key knows a
quarter of the signs in advance, which tells it where the tile begins. All signs are multiplied by
the key's own, so that without it nothing but the tile's period can be seen.

Not here: how strongly it is painted (`strength`), and finding it (`spectrum`, `grid`, `reading`).
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.code import CODED_BITS, encode
from berg.carriers.watermark.keyed import keyed_order, keyed_signs
from berg.carriers.watermark.payload import Bits
from berg.media.arrays import Reals

Ints = npt.NDArray[np.intp]

FEWEST, MOST = 6, 28
"""Cycles along a tile. Below, pictures are too strong themselves; above, resizing takes all."""
_SYNC_OF_RING = 64
"""Places of each ring of 320 that are known in advance."""
UNIT = 32
"""What one standard deviation of the pattern is in a tile's whole numbers."""


@dataclass(frozen=True, eq=False, slots=True)
class WaveLayout:
    """Which wave carries what, under one key. Places are numbered, two for each wave."""

    bit: Ints
    """(places,): the coded bit carried, or -1 where the sign is sync."""
    sign: Reals
    """(places,): the key's own sign, -1 or 1."""


@cache
def waves() -> Ints:
    """Cycles across and down of each wave, (waves, 2), from low to high; half the plane."""
    down, across = np.mgrid[0 : MOST + 1, -MOST : MOST + 1]
    both = np.stack([across.ravel(), down.ravel()], axis=1)
    square = (both**2).sum(axis=1)
    upper = (both[:, 1] > 0) | (both[:, 0] > 0)
    kept = both[upper & (square >= FEWEST**2) & (square <= MOST**2)]
    order = np.lexsort((kept[:, 0], kept[:, 1], (kept**2).sum(axis=1)))
    result: Ints = kept[order]
    return result


@lru_cache(maxsize=256)
def layout_of(secret: bytes) -> WaveLayout:
    """The layout under a secret."""
    places = 2 * len(waves())
    bit = np.full(places, -1, np.intp)
    rank = keyed_order(secret, "waves", places).argsort()
    ring = CODED_BITS + _SYNC_OF_RING
    for start in range(0, places - ring + 1, ring):
        dealt = start + rank[start : start + ring].argsort()
        bit[dealt[:CODED_BITS]] = np.arange(CODED_BITS)
    return WaveLayout(bit, keyed_signs(secret, "signs", places))


def signs_of(word: Bits, layout: WaveLayout) -> Reals:
    """The sign of each place (places,) when a word is carried."""
    sent = encode(word).astype(np.float32) * 2 - 1
    return np.where(layout.bit >= 0, sent[layout.bit], np.float32(1)) * layout.sign


def tile_of(word: Bits, secret: bytes, *, period: int) -> npt.NDArray[np.int8]:
    """One tile (period, period) carrying a word; `UNIT` is a standard deviation, mean 0.

    Rounded to whole numbers, so that it is the same on every machine.
    """
    if period < 2 * MOST + 2:
        raise ValueError(f"a tile's period is at least {2 * MOST + 2} pixels")
    sign = signs_of(word, layout_of(secret)).reshape(-1, 2)
    across, down = waves().T
    spectrum = np.zeros((period, period), np.complex128)
    spectrum[down, across] = sign[:, 0] + 1j * sign[:, 1]
    spectrum[-down, -across] = sign[:, 0] - 1j * sign[:, 1]
    tile = np.fft.ifft2(spectrum).real * (period * period / np.sqrt(4 * len(sign)) * UNIT)
    result: npt.NDArray[np.int8] = np.clip(np.rint(tile), -127, 127).astype(np.int8)
    return result
