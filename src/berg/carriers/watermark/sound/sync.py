"""Laying a key's pattern over cells of sound: where a block begins, at which speed, and its bits.

A window of sound is folded onto one block, for the pattern repeats; then the block's begin is where
the fixed signs agree best, over all 256 steps at once by way of the Fourier transform.

A score is a correlation divided by what it varies by when the signs are drawn anew: for a key that
did not mark the sound it has mean 0 and variance 1, whatever the sound, and it is close to normal,
for hundreds of cells are summed.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.code import CODED_BITS
from berg.carriers.watermark.sound.pattern import BANDS, SLOTS, SoundPattern
from berg.media.arrays import Reals

FINE = 4
"""Steps of the search in a slot."""
STEPS = SLOTS * FINE


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockStart:
    """A place at which a block may begin."""

    score: float
    """How well the fixed signs agree, in standard deviations."""
    speed: float
    begin: int
    """Step of the folded window, 0 to 255."""
    folded: Reals
    """The window folded onto a block, (256, 32), beginning anywhere."""

    def block(self) -> Reals:
        """The folded cells (64, 32) as they lie in a block."""
        return np.roll(self.folded, -self.begin, axis=0)[::FINE]


def fold(window: Reals) -> Reals:
    """Add up rows (steps, 32) that are a block apart; (256, 32)."""
    rounds = -(-len(window) // STEPS)
    padded = np.zeros((rounds * STEPS, BANDS), np.float32)
    padded[: len(window)] = window
    summed: Reals = padded.reshape(rounds, STEPS, BANDS).sum(axis=0)
    return summed


class Searcher:
    """Finds where blocks begin, for one key."""

    def __init__(self, pattern: SoundPattern) -> None:
        self._pattern = pattern
        spread = np.zeros((STEPS, BANDS))
        spread[::FINE] = pattern.sync
        self._signs = np.conj(np.fft.rfft(spread, axis=0))
        self._where = np.conj(np.fft.rfft(np.abs(spread), axis=0))

    def scores(self, folded: Reals) -> npt.NDArray[np.float64]:
        """How well the fixed signs agree for a block beginning at each step; (256,)."""
        found = np.fft.irfft((np.fft.rfft(folded, axis=0) * self._signs).sum(axis=1), STEPS)
        power = np.fft.irfft(
            (np.fft.rfft(np.square(folded), axis=0) * self._where).sum(axis=1), STEPS
        )
        scores: npt.NDArray[np.float64] = found / np.sqrt(np.maximum(power, 1e-6))
        return scores

    def places(self, folded: Reals, *, speed: float, least: float) -> list[BlockStart]:
        """Where blocks may begin: those steps whose score is at least `least`."""
        scores = self.scores(folded)
        return [
            BlockStart(score=float(scores[step]), speed=speed, begin=int(step), folded=folded)
            for step in np.flatnonzero(scores >= least)
        ]

    def soft(self, block: Reals) -> Reals:
        """Soft coded bits (256,) of a block (64, 32)."""
        sums = np.bincount(
            self._pattern.bit.ravel(), (block * self._pattern.signs).ravel(), CODED_BITS + 1
        )
        return sums[:CODED_BITS].astype(np.float32)


def agreement(block: Reals, signs: Reals) -> float:
    """How well a block (64, 32) agrees with all its signs, in standard deviations."""
    return float((block * signs).sum() / np.sqrt(max(float(np.square(block).sum()), 1e-6)))
