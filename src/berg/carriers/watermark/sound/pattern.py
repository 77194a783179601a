"""Where a sound's watermark lies: a keyed pattern over time and pitch, the same at every rate.

Time is cut into slots of 40 ms and the band from 400 to 6,400 Hz into 32 bands of 187.5 Hz. A slot
of a band is a cell; 64 slots make a block of 2.56 s, and blocks follow each other without end. Of a
block's 2,048 cells 512 carry a fixed sign each, by which a finder knows where a block begins; the
others carry the 256 coded bits, six cells per bit, strewn over the whole block so that neither a
pause nor a lost band takes a bit away. The key decides which cell serves what, and its sign.

The pattern is given in seconds and hertz; marking (`marker`) and finding (`find`)
sample it as they need.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.code import CODED_BITS, encode
from berg.carriers.watermark.keyed import keyed_order, keyed_signs
from berg.carriers.watermark.payload import word_of
from berg.media.arrays import Reals

SLOT_S = 0.04
"""Long enough to be told apart after coding, short enough that a pause costs little."""
SLOTS = 64
BLOCK_S = SLOT_S * SLOTS
LOWEST_HZ, BAND_HZ, BANDS = 400.0, 187.5, 32
"""What telephone-like coders keep and 16 kHz holds; below 400 Hz lies most of a voice's energy."""
CELLS = SLOTS * BANDS
DATA_CELLS = CODED_BITS * 6
"""Cells that carry bits; the rest, a quarter, tell where a block begins."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SoundPattern:
    """What one key makes of a block's cells."""

    signs: Reals
    """Shape (64, 32), -1 or 1: each cell's own sign, times its bit's where it carries one."""
    bit: npt.NDArray[np.intp]
    """Shape (64, 32): the coded bit that a cell carries; `CODED_BITS` where it carries none."""

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """The pattern of a key's secret."""
        bit = np.full(CELLS, CODED_BITS, np.intp)
        order = keyed_order(secret, "sound cells", CELLS)
        bit[order[:DATA_CELLS]] = np.arange(DATA_CELLS) % CODED_BITS
        signs = keyed_signs(secret, "sound signs", CELLS)
        return cls(signs=signs.reshape(SLOTS, BANDS), bit=bit.reshape(SLOTS, BANDS))

    @property
    def sync(self) -> Reals:
        """Signs of the cells that carry no bit, zero elsewhere; shape (64, 32)."""
        return np.where(self.bit == CODED_BITS, self.signs, np.float32(0))

    def with_bits(self, coded: npt.NDArray[np.uint8]) -> Reals:
        """Signs of all cells with 256 coded bits in them; shape (64, 32)."""
        values = np.append(coded.astype(np.float32) * 2 - 1, np.float32(1))
        return (self.signs * values[self.bit]).astype(np.float32)


@lru_cache(maxsize=64)
def pattern_of(secret: bytes) -> SoundPattern:
    """The pattern of a key's secret, kept for the next time."""
    return SoundPattern.of(secret)


def signs_of(identifier: str, secret: bytes) -> Reals:
    """Signs (64, 32) of a block that carries `identifier`.

    Raises ValueError unless the identifier is 10 hexadecimal digits.
    """
    return pattern_of(secret).with_bits(encode(word_of(identifier, secret)))
