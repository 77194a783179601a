"""Measuring loudness (ITU-R BS.1770-4, gated) and true peak (4 times oversampled).

FFmpeg's `ebur128` measures; nothing of the standard is written anew here.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.filter import Graph

from berg.media.audio.scratch import RATE, Block

SILENCE = -70.0
"""LUFS of silence: where the standard's absolute gate lies."""

_STEP = RATE // 10
"""The filter answers every 100 ms, so what it is fed is filled up to that with silence."""
_SHORTEST = 4 * _STEP
"""The standard's gating block; shorter sounds are measured in 400 ms of silence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """How loud a sound is."""

    integrated: float
    """LUFS; `SILENCE` if nothing passes the gate."""
    true_peak: float
    """dBTP; minus infinity if nothing was measured or heard."""
    samples: int
    """How many samples were measured."""


def measure(blocks: Iterable[Block], *, peak: bool = True) -> Level:
    """Measure a 48 kHz stereo stream; without `peak` only its loudness, four times as fast."""
    meter = _Meter(peak)
    for block in blocks:
        meter.feed(block)
    return meter.finish()


class _Meter:
    """One `ebur128` filter and the last thing it said."""

    def __init__(self, peak: bool) -> None:
        graph = Graph()
        self._source = graph.add_abuffer(
            sample_rate=RATE, format="flt", layout="stereo", time_base=Fraction(1, RATE)
        )
        filter_ = graph.add("ebur128", "metadata=1" + (":peak=true" if peak else ""))
        self._sink = graph.add("abuffersink")
        self._source.link_to(filter_)
        filter_.link_to(self._sink)
        graph.configure()
        self._graph = graph
        self._said: dict[str, str] = {}
        self._samples = 0

    def feed(self, block: Block) -> None:
        flat: Any = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(flat, format="flt", layout="stereo")
        frame.sample_rate = RATE
        frame.time_base = Fraction(1, RATE)
        frame.pts = self._samples
        self._samples += len(block)
        self._source.push(frame)
        self._drain()

    def finish(self) -> Level:
        samples = self._samples
        fill = max(_SHORTEST - samples, -samples % _STEP)
        if fill:
            self.feed(np.zeros((fill, 2), np.float32))
        self._source.push(None)
        self._drain()
        peak = float(self._said.get("lavfi.r128.true_peak", "0"))
        return Level(
            integrated=max(SILENCE, float(self._said.get("lavfi.r128.I", SILENCE))),
            true_peak=20 * math.log10(peak) if peak > 0 else -math.inf,
            samples=samples,
        )

    def _drain(self) -> None:
        while True:
            try:
                frame = self._sink.pull()
            except (av.BlockingIOError, av.EOFError):
                return
            self._said = frame.metadata or self._said
