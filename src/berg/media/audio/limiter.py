"""A look-ahead true-peak limiter: holds inter-sample peaks under a ceiling.

Gain is worked out on cells of one millisecond from peaks of the 4 times oversampled signal
(ITU-R BS.1770-4, annex 2). For every cell the gain is at most what its peak allows: it goes down
`LOOK_AHEAD` cells before a peak, comes back exponentially, and is smoothed by a mean that never
reaches past a peak. Measured against FFmpeg's `alimiter` in docs/decisions/0008-sound.md.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from berg.media.audio.scratch import RATE, Block, Scratch
from berg.media.audio.watch import OnProgress

CELL = RATE // 1000
"""Samples for which the limiter finds one gain."""
LOOK_AHEAD = 6
"""Cells (ms) in which gain goes down ahead of a peak."""
QUICK, SLOW = 25.0, 150.0
"""Time constants (ms) with which gain comes back: quickly after a peak that stands alone, slowly
after loudness that lasts, and just as slowly does lasting loudness take hold."""

_TAPS = 16
"""Input samples on either side from which a value between samples is found."""
_CHUNK = 1000
"""Cells worked on at a time."""


def _phases() -> npt.NDArray[np.float32]:
    """Interpolators for 1/4, 2/4 and 3/4 between samples: windowed sinc, shape (3, 2 * _TAPS)."""
    at = np.arange(-_TAPS + 1, _TAPS + 1)[None, :] - np.array([0.25, 0.5, 0.75])[:, None]
    taps = np.sinc(at) * (0.5 + 0.5 * np.cos(np.pi * at / (_TAPS + 0.5)))
    unity: npt.NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return unity


def cell_peaks(mix: Scratch, peaks: Scratch, *, progress: OnProgress) -> None:
    """Write the true peak (linear) of every cell of `mix` into `peaks`, one channel."""
    phases = _phases()
    for first in range(0, mix.samples, _CHUNK * CELL):
        cells = min(_CHUNK, -(-(mix.samples - first) // CELL))
        around = mix.read(first - _TAPS, cells * CELL + 2 * _TAPS)
        highest = np.abs(around[_TAPS:-_TAPS]).max(axis=1)
        for channel in around.T:
            for taps in phases:
                # between sample i and i+1, for i from one before the first
                between = np.abs(np.convolve(channel, taps[::-1], "valid"))
                highest = np.maximum(highest, np.maximum(between[:-1], between[1:])[: len(highest)])
        peaks.append(highest.reshape(cells, CELL).max(axis=1)[:, None])
        progress(peaks.samples * CELL / mix.samples)


def limited(mix: Scratch, peaks: Scratch, *, gain: float, ceiling: float) -> Iterator[Block]:
    """`mix` times `gain` (linear), with no true peak above `ceiling` (linear)."""
    start = 0
    for edges in _cell_gains(peaks, gain=gain, ceiling=ceiling):
        share = (np.arange(CELL, dtype=np.float32) / CELL)[None, :]
        ramps = edges[:-1, None] * (1 - share) + edges[1:, None] * share
        count = min((len(edges) - 1) * CELL, mix.samples - start)
        block = mix.read(start, count) * (ramps.reshape(-1, 1)[:count] * gain)
        yield block.astype(np.float32)
        start += count


def _cell_gains(
    peaks: Scratch, *, gain: float, ceiling: float
) -> Iterator[npt.NDArray[np.float32]]:
    """Gains at the edges of cells, a chunk at a time; neighbouring chunks share an edge."""
    # As if the sound had been preceded by its first peak: nothing comes before it to go down in.
    start = (peaks.read(0, LOOK_AHEAD + 1) * gain).max(initial=ceiling)
    before = ceiling / float(start)  # smoothed gain of the cell before the chunk
    past = np.full(LOOK_AHEAD, before)  # gains before the chunk, not yet smoothed
    release = _Release(before)
    for first in range(0, peaks.samples, _CHUNK):
        cells = min(_CHUNK, peaks.samples - first)
        # one cell more than the chunk has: an edge lies between two cells
        allowed = ceiling / np.maximum(
            peaks.read(first, cells + 1 + LOOK_AHEAD)[:, 0].astype(np.float64) * gain, ceiling
        )
        ahead = np.lib.stride_tricks.sliding_window_view(allowed, LOOK_AHEAD + 1).min(axis=1)
        line = np.concatenate([past, release.over(ahead)])
        smooth = np.lib.stride_tricks.sliding_window_view(line, LOOK_AHEAD + 1).mean(axis=1)
        yield np.minimum(np.concatenate([[before], smooth[:-1]]), smooth).astype(np.float32)
        past, before = line[-LOOK_AHEAD - 1 : -1], float(smooth[-2])


class _Release:
    """How gain comes back; remembers where it stood."""

    def __init__(self, gain: float) -> None:
        self._quick = self._slow = 1 - gain

    def over(self, allowed: npt.NDArray[np.float64]) -> list[float]:
        """Gains of cells, each at most what is allowed; the last cell comes again next time."""
        quick, slow = math.exp(-1 / QUICK), math.exp(-1 / SLOW)
        gains = []
        for most in allowed.tolist():
            last = self._quick, self._slow
            self._quick = max(1 - most, self._quick * quick)
            self._slow = self._quick + (self._slow - self._quick) * slow
            gains.append(1 - max(self._quick, self._slow))
        self._quick, self._slow = last
        return gains
