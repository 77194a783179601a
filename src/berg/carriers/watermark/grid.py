"""Where the tiles lie: the period and turn of the grid, found without a key.

A repeating tile leaves its power at a lattice of frequencies. For each period and angle in
question the evened power at the lattice's points is summed, up to a cap (so that a picture's own
lines don't count for more than they are worth). Blocks of the picture are averaged: they bear a
coarser search. Nothing here says that a mark is there: these are places where it's worth looking.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from berg.carriers.watermark.pattern import MOST, waves
from berg.carriers.watermark.spectrum import Spectrum
from berg.media.arrays import Doubles, Reals


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

    def frequencies(self, cycles: npt.NDArray[np.intp]) -> Doubles:
        """Where waves of so many cycles per tile (n, 2) lie: cycles per pixel (n, 2)."""
        turn = self.angle + self.quarters * np.pi / 2
        matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        if self.mirrored:
            matrix = matrix @ np.array([[-1.0, 0.0], [0.0, 1.0]])
        result: Doubles = cycles @ matrix.T / self.period
        return result


_BLOCK = 512
_PAD = 1.5
_CAP = 5.0
_MEAN_BINS = 15
_MISS = 0.7
"""Bins of an unpadded block by which neighbouring trials differ at the highest waves."""
_RIVALS = 60
"""Places of the coarse search that are looked at again in the whole picture's spectrum."""
_REACH = 0.8
_MOST_BLOCKS = 3


def likely_grids(
    plane: Reals,
    spectrum: Spectrum,
    *,
    periods: tuple[float, float],
    angle: float,
    count: int,
) -> Iterator[Grid]:
    """The `count` likeliest grids in an evened plane and its spectrum, best first.

    Periods are from least to most, in pixels; turns up to `angle` radians either way.
    """
    power = _block_power(plane, min(_BLOCK, *plane.shape))
    fine = spectrum.power(most=_CAP)
    rivals = [
        _best_near(fine, grid, reach=_reach(grid, plane.shape), steps=5)
        for grid in _coarse(power, min(_BLOCK, *plane.shape), periods, angle)
    ]
    rivals.sort(key=lambda rival: -rival[0])
    seen: list[Grid] = []
    for _, rival in rivals:
        if any(_alike(rival, other, _reach(other, plane.shape)) for other in seen):
            continue
        if len(seen) == count:
            return
        seen.append(rival)
        yield _sharpened(fine, rival, plane.shape)


def _alike(one: Grid, other: Grid, reach: float) -> bool:
    apart = max(abs(one.period / other.period - 1), abs(one.angle - other.angle))
    return apart < reach


def _coarse(power: Reals, side: int, periods: tuple[float, float], angle: float) -> Iterator[Grid]:
    """The rivals: the best of the neighbourhoods that don't touch."""
    step = _MISS / (MOST * side)
    inverse = np.arange(1 / periods[1], 1 / periods[0] + step, step)
    turns = int(np.ceil(angle / (step * periods[0])))
    angles = np.arange(-turns, turns + 1) * step * periods[0]
    left = np.stack([_scores(power, inverse, float(a)) for a in angles])
    for _ in range(_RIVALS):
        row, column = np.unravel_index(left.argmax(), left.shape)
        if not np.isfinite(left[row, column]):
            return
        yield Grid(period=float(1 / inverse[column]), angle=float(angles[row]))
        left[max(0, row - 2) : row + 3, max(0, column - 1) : column + 2] = -np.inf


def _scores(power: Reals, inverse: Doubles, angle: float) -> Doubles:
    """Mean capped power on the lattices of each inverse period (n,) at one angle."""
    unit = Grid(period=1.0, angle=angle).frequencies(waves()) * len(power)
    bins = np.rint(unit.astype(np.float32)[None] * inverse.astype(np.float32)[:, None, None])
    places = bins.astype(np.int32)
    result: Doubles = power[places[..., 1], places[..., 0]].mean(axis=1, dtype=np.float64)
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
    blocks = min(_MOST_BLOCKS, -(-length // side))
    return [round(i * (length - side) / max(1, blocks - 1)) for i in range(blocks)]


def _reach(grid: Grid, shape: tuple[int, ...]) -> float:
    """By what share a coarse period, and by how many radians its turn, may be wrong."""
    return _REACH * grid.period / (MOST * min(_BLOCK, *shape))


def _sharpened(fine: Reals, grid: Grid, shape: tuple[int, ...]) -> Grid:
    for share in (0.5, 0.25, 0.12):
        _, grid = _best_near(fine, grid, reach=_reach(grid, shape) * share, steps=7)
    return grid


def _best_near(fine: Reals, grid: Grid, *, reach: float, steps: int) -> tuple[float, Grid]:
    """The grid nearby that gathers most power in the whole picture's spectrum, and its power."""
    offsets = np.linspace(-reach, reach, steps)
    tried = [
        Grid(period=grid.period * (1 + stretch), angle=grid.angle + turn)
        for stretch in offsets
        for turn in offsets
    ]
    size = np.array([fine.shape[1], fine.shape[0]])
    places = np.stack([one.frequencies(waves()) for one in tried]) * size
    bins = np.rint(places).astype(np.intp)
    power = fine[bins[..., 1], bins[..., 0]].mean(axis=1, dtype=np.float64)
    best = int(power.argmax())
    return float(power[best]), tried[best]
