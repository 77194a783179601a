"""Where the tiles lie: the period and turn of the grid, found without a key.

A repeating tile leaves its power at a lattice of frequencies. For each period and angle in
question the evened power at the lattice's points is summed, up to a cap (so that a picture's own
lines don't count for more than they are worth). Blocks of the picture are averaged: they bear a
coarser search. Nothing here says that a mark is there: these are places where it's worth looking.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.mark.pattern import waves
from berg.media.mark.spectrum import Reals, Spectrum

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """How the tiles lie in a picture, but for where they begin."""

    period: float
    """Pixels."""
    angle: float = 0.0
    """Radians, clockwise as seen."""
    quarters: int = 0
    """Quarter turns, clockwise, after any mirroring."""
    mirrored: bool = False

    def frequencies(self, cycles: npt.NDArray[np.intp]) -> Numbers:
        """Where waves of so many cycles a tile (n, 2) lie, cycles a pixel (n, 2)."""
        turn = self.angle + self.quarters * np.pi / 2
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        if self.mirrored:
            matrix = matrix @ np.array([[-1.0, 0.0], [0.0, 1.0]])
        result: Numbers = cycles @ matrix.T / self.period
        return result


_BLOCK = 768
_PAD = 1.5
_CAP = 5.0
_MEAN_BINS = 15
_COARSE_MOST = 20
"""Cycles a tile of the highest waves that the coarse search looks at."""


def likely_grids(
    plane: Reals, *, periods: tuple[float, float], angle: float, count: int
) -> tuple[Grid, ...]:
    """The likeliest grids in an evened plane, best first, of periods (least, most; pixels) and
    turns of up to `angle` radians either way."""
    side = min(_BLOCK, *plane.shape)
    power = _block_power(plane, side)
    cycles = waves()
    cycles = cycles[(cycles**2).sum(axis=1) <= _COARSE_MOST**2]
    step = 0.8 / (_COARSE_MOST * side)
    inverse = np.arange(1 / periods[1], 1 / periods[0] + step, step)
    turn = 0.8 * periods[0] / (_COARSE_MOST * side)
    most = int(np.ceil(angle / turn)) if angle else 0
    angles = np.arange(-most, most + 1) * turn
    scores = np.stack([_scores(power, cycles, inverse, float(a)) for a in angles])
    return _peaks(scores, inverse, angles, count)


def _peaks(scores: Numbers, inverse: Numbers, angles: Numbers, count: int) -> tuple[Grid, ...]:
    """The best of the neighbourhoods that don't touch."""
    left = scores.copy()
    found = []
    for _ in range(count):
        row, column = np.unravel_index(left.argmax(), left.shape)
        found.append(Grid(period=float(1 / inverse[column]), angle=float(angles[row])))
        left[max(0, row - 2) : row + 3, max(0, column - 2) : column + 3] = -np.inf
        if not np.isfinite(left).any():
            break
    return tuple(found)


def _scores(power: Reals, cycles: npt.NDArray[np.intp], inverse: Numbers, angle: float) -> Numbers:
    """Mean capped power on the lattices of each inverse period at one angle."""
    unit = Grid(period=1.0, angle=angle).frequencies(cycles)
    bins = np.rint(unit[None] * inverse[:, None, None] * len(power)).astype(np.int32)
    seen = power[bins[..., 1] % len(power), bins[..., 0] % len(power)]
    result: Numbers = seen.mean(axis=1, dtype=np.float64)
    return result


def _block_power(plane: Reals, side: int) -> Reals:
    """Mean evened power of blocks that cover the plane, frequency 0 first; capped."""
    size = cv2.getOptimalDFTSize(int(side * _PAD))
    total = np.zeros((size, size), np.float32)
    for up in _starts(plane.shape[0], side):
        for left in _starts(plane.shape[1], side):
            padded = np.zeros((size, size), np.float32)
            padded[:side, :side] = plane[up : up + side, left : left + side]
            raw = cv2.dft(padded, flags=cv2.DFT_COMPLEX_OUTPUT, nonzeroRows=side)
            power = raw[..., 0] ** 2 + raw[..., 1] ** 2
            mean = cv2.blur(power, (_MEAN_BINS, _MEAN_BINS), borderType=cv2.BORDER_REFLECT)
            total += np.minimum(power / (mean + np.float32(1e-6)), np.float32(_CAP))
    return total


def _starts(length: int, side: int) -> Sequence[int]:
    blocks = min(3, -(-length // side))
    return [round(i * (length - side) / max(1, blocks - 1)) for i in range(blocks)]


def sharpened(spectrum: Spectrum, grid: Grid) -> Grid:
    """The grid nearby that gathers most power in the whole picture's spectrum."""
    cycles = waves()
    reach = 0.8 * grid.period / (_COARSE_MOST * min(_BLOCK, *spectrum.size))
    for spread in (1.0, 0.4, 0.15):
        offsets = np.linspace(-reach, reach, 7) * spread
        tried = [
            Grid(period=grid.period * (1 + stretch), angle=grid.angle + turn)
            for stretch in offsets
            for turn in offsets
        ]
        power = [_power(spectrum, one, cycles) for one in tried]
        grid = tried[int(np.argmax(power))]
    return grid


def _power(spectrum: Spectrum, grid: Grid, cycles: npt.NDArray[np.intp]) -> float:
    seen = spectrum.at(grid.frequencies(cycles))
    return float(np.minimum(seen.real**2 + seen.imag**2, _CAP).mean())
