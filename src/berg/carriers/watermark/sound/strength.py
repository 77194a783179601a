"""How far each cell of a block is moved: what the sound hides, and what each bit needs.

What the sound hides: where its level flickers anyway, as in speech and noise, up to `MOST_DB`;
where it stands, as in a held note, `LEAST_DB`; less where a band holds much of the moment's energy,
for there a change would be heard.

What each bit needs: the marker knows the sound, so it knows what the finder will read from it
before any mark. A bit that the sound itself speaks for needs little, one that it speaks against
needs more (M. Costa, "Writing on dirty paper", 1983; H. Malvar and D. Florencio, "Improved spread
spectrum", 2003). So each bit's cells have one factor, found by asking the finder's own statistic.
"""

import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.code import CODED_BITS
from berg.carriers.watermark.sound.cells import apart, levels, nearby, standing_out
from berg.media.arrays import Doubles, Reals

AROUND = 8
"""Slots before and after a block that have a say in it."""
MOST_DB, LEAST_DB = 2.0, 0.7
FLICKER_SHARE = 0.5
"""A cell's change as a share of how far its level stands apart nearby."""
LOUD_SHARE = 0.05
"""A band that holds this share of a moment's energy is changed by 1/sqrt(2) as much."""
BREATH_SHARE = 1e-7
"""A band this far below all of the moment's energy, 70 dB, is as good as silent."""
TARGET = 1.6
"""What each bit is to read, as a share of what an unaided mark would give it on the mean."""
LEAST, MOST = 0.0, 3.0
"""Bounds of a bit's factor."""
_ARRIVES = 0.6
"""Share of a change that a finder sees, for windows blur it."""
_ROUNDS = 3


def breaths(energy: Doubles, whole: Doubles, signs: Reals) -> Doubles:
    """Energy of noise to be added to cells, (slots, 32); arguments as for `changes`.

    Cells with less than `BREATH_SHARE` of the moment's energy have nothing to be changed: those
    whose sign is up are given as much besides, which nobody hears under the rest.
    """
    up = np.pad(signs, ((AROUND, AROUND), (0, 0)), mode="wrap") > 0
    least = BREATH_SHARE * whole[:, None]
    given: Doubles = np.where(up & (energy < least), least, 0.0)
    return given


def changes(energy: Doubles, whole: Doubles, signs: Reals, bit: npt.NDArray[np.intp]) -> Reals:
    """Changes (dB) of a block's cells, (64, 32).

    `energy` (64 + 2 * AROUND, 32) is the sound's, slot by slot, `whole` (64 + 2 * AROUND,) that of
    all pitches; `signs` and `bit` (64, 32) are the block's.
    """
    level = levels(energy)
    around = ((AROUND, AROUND), (0, 0))
    signs, bit = np.pad(signs, around, mode="wrap"), np.pad(bit, around, mode="wrap")
    step = _hidden(level, energy, whole) * signs
    factors = _needed(level, step, signs, bit)
    changed: Reals = (step * factors[bit])[AROUND:-AROUND]
    return changed


def _hidden(level: Reals, energy: Doubles, whole: Doubles) -> Reals:
    """How far (dB) each cell may be moved."""
    flicker = np.sqrt(nearby(np.square(np.clip(apart(level, fine=1), -12, 12)), fine=1))
    share = energy / (LOUD_SHARE * whole[:, None] + 1e-12)
    hidden = np.clip(flicker * FLICKER_SHARE, LEAST_DB, MOST_DB) / np.sqrt(1 + share)
    return np.asarray(hidden, np.float32)


def _needed(level: Reals, step: Reals, signs: Reals, bit: npt.NDArray[np.intp]) -> Reals:
    """The factor of each coded bit's cells, and of the fixed ones, (257,)."""
    inner = bit[AROUND:-AROUND].ravel()
    count = np.bincount(inner, minlength=CODED_BITS + 1)

    def read(factors: Reals) -> Doubles:
        """What the finder would read of each bit, a mean over its cells."""
        stands = standing_out(level + _ARRIVES * step * factors[bit], fine=1) * signs
        return np.bincount(inner, stands[AROUND:-AROUND].ravel(), CODED_BITS + 1) / count

    plain, unaided = (
        read(np.zeros(CODED_BITS + 1, np.float32)),
        read(np.ones(CODED_BITS + 1, np.float32)),
    )
    gain = max(float(np.average(unaided - plain, weights=count)), 1e-6)
    factors = np.ones(CODED_BITS + 1, np.float32)
    reads = unaided
    for _ in range(_ROUNDS):
        factors = np.clip(factors + (TARGET - reads / gain), LEAST, MOST).astype(np.float32)
        reads = read(factors)
    return factors
