"""Reading a word off a spectrum once the grid is known: where tiles begin, soft bits, the check.

The sync's signs are known, so that for every beginning of the tile (a shift turns each wave's
phase) their agreement can be had at once by a Fourier transform. It is given in standard
deviations of what noise gives at one place. A best place above `SYNC_LEAST` is
decoded; only a word whose keyed check holds is believed.

False alarms. Without this key's mark a score is the greatest of some 2,000 independent beginnings'
standard normal values: 4.0 on average, deviation 0.3, above 5 in 0.2 % of 1,000 pictures x keys x
grids. A thorough look at a picture reads at most 49 grids per key (1, and 6 likely ones in 8 ways):
0.1 decodings. A word of chance passes its check with probability 2^-24, so that one picture and
key give a false alarm with probability 0.1 x 2^-24 = 6e-9; a quick look 1e-10. A film reads up to
two sums every 10 glimpses on one grid, and 3 times 32 more: for three minutes some 0.6 decodings,
4e-8 per film and key. A marked picture scores 7 to 23.
"""

from dataclasses import dataclass

import numpy as np

from berg.carriers.watermark.code import CODED_BITS, decode
from berg.carriers.watermark.found import Found, MarkKey
from berg.carriers.watermark.grid import Grid
from berg.carriers.watermark.pattern import WaveLayout, layout_of, waves
from berg.carriers.watermark.payload import identifier_in
from berg.carriers.watermark.spectrum import Spectrum, Waves
from berg.media.arrays import Reals

SYNC_LEAST = 5.0
"""Standard deviations that the sync must reach before anything is decoded."""
_FINENESS = 256
"""Beginnings tried along each side of a tile."""
_RINGS = 6
_CAP = 2.5
"""A wave counts for at most so much: stronger ones are the picture's own."""


@dataclass(frozen=True, eq=False, slots=True)
class Sync:
    """The best beginning of the tiles under one key."""

    score: float
    """Standard deviations."""
    agreement: Reals
    """(places,): each place's value times the key's sign, at that beginning."""


def read(spectrum: Spectrum, grid: Grid, key: MarkKey) -> Found | None:
    """What the key finds on this grid, or None."""
    sync = sync_at(_waves_at(spectrum, grid), layout_of(key.secret))
    if sync.score < SYNC_LEAST:
        return None
    word = decode(_soft_bits(sync, layout_of(key.secret)))
    identifier = identifier_in(word, key.secret)
    if identifier is None:
        return None
    return Found(identifier=identifier, key=key.id, score=sync.score)


def _waves_at(spectrum: Spectrum, grid: Grid) -> Waves:
    seen = spectrum.at(grid.frequencies(waves()))
    strong = np.maximum(np.abs(seen) / np.float32(_CAP), np.float32(1))
    return np.asarray(seen / strong, np.complex64)


def sync_at(seen: Waves, layout: WaveLayout) -> Sync:
    """Where the tiles begin, by the sync's signs, in the waves (waves,) seen on a grid."""
    known = np.where(layout.bit < 0, layout.sign, np.float32(0)).reshape(-1, 2)
    products = seen * (known[:, 0] - 1j * known[:, 1])
    across, down = waves().T
    plane = np.zeros((_FINENESS, _FINENESS), np.complex64)
    plane[down, across] = products
    sums = np.fft.fft2(plane).real
    up, left = np.unravel_index(int(sums.argmax()), sums.shape)
    power = np.mean(np.abs(seen) ** 2) / 2
    turned = seen * np.exp(-2j * np.pi * (across * left + down * up) / _FINENESS)
    values = np.stack([turned.real, turned.imag], axis=1).ravel().astype(np.float32)
    score = sums[up, left] / np.sqrt(power * np.count_nonzero(known) + 1e-9)
    return Sync(float(score), values * layout.sign)


def _soft_bits(sync: Sync, layout: WaveLayout) -> Reals:
    """Soft values (256,): each place weighed by how well the sync agrees in its ring."""
    soft = np.zeros(CODED_BITS)
    for ring in np.array_split(np.arange(len(layout.bit)), _RINGS):
        bit, values = layout.bit[ring], sync.agreement[ring]
        weight = max(float(values[bit < 0].mean()), 0.02)
        np.add.at(soft, bit[bit >= 0], weight * values[bit >= 0].astype(np.float64))
    return soft.astype(np.float32)


def turned_ways(grid: Grid) -> tuple[Grid, ...]:
    """The grid as it is, then turned by quarters, then all that mirrored: lattices look alike."""
    return tuple(
        Grid(period=grid.period, angle=grid.angle, quarters=quarters, mirrored=mirrored)
        for mirrored in (False, True)
        for quarters in range(4)
    )
