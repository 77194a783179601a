"""Curves of gain over time: fades without corners, and music ducked under speech."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from berg.media.audio.scratch import RATE
from berg.units import SampleRange

Gain = npt.NDArray[np.float32]
"""Linear gain, shape (n, 1), one for each sample."""


DUCK_DB = 10.0
"""How far music goes down under a voice."""
BRIDGE = RATE * 8 // 10
"""Gaps shorter than this stay ducked: music that comes up between sentences pumps."""
ATTACK = RATE * 3 // 20
"""Music begins to go down 150 ms ahead of the voice, and is down when it sets in."""
RELEASE = RATE * 6 // 10
"""Music takes its time to come back; shorter than `BRIDGE`, so that ramps never meet."""


def ease(share: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """0 to 1 along half a cosine: no corner at either end."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0.0, 1.0))


def fade(start: int, count: int, *, first: int, last: int) -> Gain:
    """Rises from 0 at sample `first` to 1 at `last`, or falls if `last` lies before `first`.

    Gives the gains of samples `start` to `start + count`.
    """
    at = np.arange(start, start + count, dtype=np.float64)
    return ease((at - first) / (last - first)).astype(np.float32)[:, None]


def bridge(spans: Sequence[SampleRange]) -> list[SampleRange]:
    """Spans in order, with those joined that overlap or lie less than `BRIDGE` apart."""
    joined: list[SampleRange] = []
    for first, end in sorted(spans):
        if joined and first - joined[-1][1] < BRIDGE:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((first, end))
    return joined


def ducking(bridged: Sequence[SampleRange], start: int, count: int) -> Gain:
    """Gains of music at samples `start` to `start + count`, under voices in `bridged` spans."""
    near = [s for s in bridged if s[0] - ATTACK < start + count and s[1] + RELEASE > start]
    at = np.arange(start, start + count, dtype=np.float64)
    down = np.zeros(count)
    for first, end in near:
        knots = (first - ATTACK, first, end, end + RELEASE)
        down = np.maximum(down, np.interp(at, knots, (0.0, 1.0, 1.0, 0.0)))
    gain: Gain = np.power(10.0, ease(down) * (-DUCK_DB / 20)).astype(np.float32)[:, None]
    return gain
