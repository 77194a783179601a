"""From sound to what a watermark's finder looks at: how each cell stands out from those around it.

Levels (dB) of bands are taken over one slot at a time. From each the mean of its neighbours in time
is taken away, then of those in pitch: programme material is smooth there, the pattern is not. What
is left is divided by how much it varies nearby and clipped, so that no click outweighs the rest,
and passed through the same differences once more, which makes it the matched filter's input:
correlate with plain signs.

A sound that was played `speed` times as fast has its pattern higher and shorter by that factor; the
grid is laid so.
"""

from dataclasses import dataclass

import numpy as np

from berg.carriers.watermark.sound.pattern import BAND_HZ, BANDS, LOWEST_HZ, SLOT_S
from berg.media.arrays import Doubles, Reals

WINDOW_S, HOP_S = 0.024, 0.004
_BATCH = 1024
_FLOOR_SHARE = 4e-3
"""Share of the mean energy of a band's moments: levels below that say little."""
_QUIETEST = 1e-12
_CLIP = 1.5
_NEAR = 3
"""Slots on either side over which variation is judged."""
_LEAST_DB = 0.7
"""Variation below this counts as this much."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spectrogram:
    """Running sums of a sound's energy over time and pitch, from which any grid can be read."""

    sums: Doubles
    """Shape (moments + 1, bins + 1)."""
    rate: int
    size: int
    """Samples of a window."""
    hop: int
    """Samples from one window to the next."""

    @classmethod
    def of(cls, sound: Reals, *, rate: int) -> "Spectrogram":
        """The spectrogram of samples (n,), at least a window of them."""
        size, hop = 2 * round(WINDOW_S / 2 * rate), round(HOP_S * rate)
        window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / size)).astype(np.float32)
        frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
        sums = np.zeros((len(frames) + 1, size // 2 + 2))
        for first in range(0, len(frames), _BATCH):
            spectra = np.fft.rfft(frames[first : first + _BATCH] * window, axis=1)
            power = np.square(np.abs(spectra / size))
            sums[first + 1 : first + 1 + len(power), 1:] = np.cumsum(power, axis=1)
        np.cumsum(sums, axis=0, out=sums)
        return cls(sums=sums, rate=rate, size=size, hop=hop)

    @property
    def seconds(self) -> float:
        """How long the sound is."""
        return ((len(self.sums) - 2) * self.hop + self.size) / self.rate

    def energy(self, *, speed: float, fine: int) -> Doubles:
        """Mean energy of slots that begin at each step, (steps, 32).

        Each slot has `fine` steps; slot and band are those of the sound before its speed
        changed.
        """
        edges = (LOWEST_HZ + BAND_HZ * np.arange(BANDS + 1)) * speed * self.size / self.rate
        bands = np.diff(_read(self.sums.T, edges + 0.5), axis=0)
        steps = int(self.seconds * speed / SLOT_S * fine + 1e-6)
        at = np.arange(steps + fine) * (SLOT_S / fine / speed * self.rate)
        running = _read(bands.T, (at - self.size / 2) / self.hop + 0.5)
        mean: Doubles = np.maximum(running[fine:] - running[:-fine], 0.0)
        return mean * (self.hop / self.rate / SLOT_S * speed)

    def whole(self, *, speed: float = 1.0) -> Doubles:
        """Mean energy of all pitches in each slot, (slots,)."""
        steps = int(self.seconds * speed / SLOT_S + 1e-6)
        at = np.arange(steps + 1) * (SLOT_S / speed * self.rate)
        running = _read(self.sums[:, -1:], (at - self.size / 2) / self.hop + 0.5)[:, 0]
        return np.diff(running) * (self.hop / self.rate / SLOT_S * speed)


def levels(energy: Doubles) -> Reals:
    """Levels (dB) of energies (steps, 32), with what is far below a band's usual held up."""
    floor = energy.mean(axis=0, keepdims=True) * _FLOOR_SHARE + _QUIETEST
    return np.asarray(10 * np.log10(energy + floor), np.float32)


def standing_out(level: Reals, *, fine: int) -> Reals:
    """How cells stand out, shape (steps, 32), of levels at `fine` steps per slot.

    Rows of both ends, for which there are no neighbours, are zero.
    """
    out = apart(level, fine=fine)
    usual = np.sqrt(nearby(np.square(np.clip(out, -12, 12)), fine=fine) + _LEAST_DB**2)
    return apart(np.clip(out / usual, -_CLIP, _CLIP), fine=fine)


def apart(level: Reals, *, fine: int) -> Reals:
    """Take away the mean of neighbours in time, then of those in pitch."""
    over_time = np.zeros_like(level)
    over_time[fine:-fine] = level[fine:-fine] - 0.5 * (level[: -2 * fine] + level[2 * fine :])
    out = np.empty_like(over_time)
    out[:, 1:-1] = over_time[:, 1:-1] - 0.5 * (over_time[:, :-2] + over_time[:, 2:])
    out[:, 0] = over_time[:, 0] - over_time[:, 1]
    out[:, -1] = over_time[:, -1] - over_time[:, -2]
    return out


def nearby(values: Reals, *, fine: int) -> Reals:
    """Mean over `_NEAR` slots on either side and one band on either side."""
    reach = _NEAR * fine
    sums = np.cumsum(np.pad(values, ((reach + 1, reach), (0, 0))), axis=0, dtype=np.float64)
    over_time = (sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1)
    wide = np.pad(over_time, ((0, 0), (1, 1)), mode="edge")
    return ((wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]) / 3).astype(np.float32)


def _read(table: Doubles, at: Doubles) -> Doubles:
    """Rows of a table between rows, by straight lines; held at both ends."""
    at = np.clip(at, 0, len(table) - 1.000001)
    low = at.astype(np.intp)
    share = (at - low)[:, None]
    return table[low] * (1 - share) + table[low + 1] * share
