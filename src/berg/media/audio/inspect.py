"""Measuring the sound of a finished file, as anyone may do with what was delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from berg.media.audio.meter import measure
from berg.media.audio.read import stereo_blocks
from berg.media.audio.scratch import RATE, Block

_WINDOW = RATE // 200
"""A cut is looked for within 5 ms of the moment named, for an encoder may smear it."""
_BINS = 1 << 16


def integrated_loudness(path: Path) -> float:
    """LUFS of a file's sound as it decodes (ITU-R BS.1770-4). Raises MediaError without sound."""
    return measure(stereo_blocks(path, what=path.name), peak=False).integrated


def true_peak(path: Path) -> float:
    """Highest dBTP of a file's sound as it decodes. Raises MediaError without sound."""
    return measure(stereo_blocks(path, what=path.name)).true_peak


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """Differences between neighbouring samples, linear: a click is a step that stands out."""

    at: tuple[float, ...]
    """The greatest step near each moment asked for."""
    usual: float
    """The 99.9th percentile of all steps elsewhere."""


def steps_at(path: Path, times: Sequence[float]) -> Steps:
    """Compare the steps at moments (seconds) with those of the rest of a file's sound.

    Memory doesn't grow with length: the percentile comes from a histogram of 65,536 bins.
    """
    centres = [round(time * RATE) for time in times]
    highest = [0.0] * len(centres)
    counts = np.zeros(_BINS, np.int64)
    last, start = np.zeros((1, 2), np.float32), 0
    for block in stereo_blocks(path, what=path.name):
        steps = np.abs(np.diff(np.concatenate([last, block]), axis=0)).max(axis=1)
        elsewhere = np.ones(len(steps), bool)
        for i, centre in enumerate(centres):
            near = slice(max(centre - _WINDOW - start, 0), max(centre + _WINDOW - start, 0))
            highest[i] = max(highest[i], float(steps[near].max(initial=0.0)))
            elsewhere[near] = False
        counts += _histogram(steps[elsewhere])
        last, start = block[-1:], start + len(block)
    return Steps(at=tuple(highest), usual=_percentile(counts, 0.999))


def _histogram(steps: Block) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    bins = np.minimum(steps * (_BINS / 2), _BINS - 1).astype(np.int64)
    return np.bincount(bins, minlength=_BINS)


def _percentile(counts: np.ndarray[tuple[int], np.dtype[np.int64]], share: float) -> float:
    """Lower edge of the bin in which the share lies: never flatters."""
    passed = np.cumsum(counts)
    return float(np.searchsorted(passed, share * passed[-1])) / (_BINS / 2)
