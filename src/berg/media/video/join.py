"""Joining: strips and sound into one film, by copying packets. Nothing is decoded or encoded.

Time is counted in whole frames: the n-th packet of the film is decoded at frame n less the
codec's reordering delay, and shown at its strip's place plus its own, so that strips follow one
another without a gap or an overlap, at any rate. Packets are streamed; memory does not grow with
the film but for the container's index.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from berg import faults
from berg.errors import StepError

SOUND_RATE = 48_000
"""Hz; with the frame rate it gives a time scale in which both tracks end exactly."""
REORDER = {"h264": 2, "av1": 0}
"""Frames by which decoding runs ahead of showing: x264 with its pyramid of B-frames; AV1 none."""


def join(
    strips: Sequence[Path],
    sound: Path | None,
    out: Path,
    *,
    fps: Fraction,
    frames: int,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Write a film of exactly `frames` frames at `out`: MP4, index first.

    `strips` are MP4 files of one encoder's settings, in order, and may repeat. `sound` (MP4 with
    AAC) is copied beside them, its priming kept. Raises StepError if strips don't fit together or
    don't add up to `frames`.
    """
    # movie_timescale: the default, milliseconds, would round the lengths in the edit lists
    timescale = str(math.lcm(fps.numerator, SOUND_RATE))
    options = {"movflags": "+faststart", "fflags": "+bitexact", "movie_timescale": timescale}
    with av.open(str(out), "w", format="mp4", options=options) as film:
        picture = _Picture(film, strips, fps=fps, progress=progress)
        heard = _sound_packets(film, sound, fps=fps)
        waiting = next(heard, None)
        for packet in picture.packets():
            while waiting is not None and waiting[0] <= packet.dts:
                film.mux(waiting[1])
                waiting = next(heard, None)
            film.mux(packet)
        while waiting is not None:
            film.mux(waiting[1])
            waiting = next(heard, None)
    if picture.shown != frames:
        raise StepError(f"the strips have {picture.shown} frames where {frames} were planned")


class _Picture:
    """The picture's packets, renumbered."""

    def __init__(
        self,
        film: Any,
        strips: Sequence[Path],
        *,
        fps: Fraction,
        progress: Callable[[float], None],
    ) -> None:
        self._strips, self._fps, self._progress = strips, fps, progress
        with av.open(str(strips[0])) as first:
            source = first.streams.video[0]
            self._stream = film.add_stream_from_template(source, opaque=True)
            self._stream.time_base = 1 / fps
            self._header = bytes(source.codec_context.extradata or b"")
            self._delay = REORDER[source.codec_context.codec.canonical_name]
        self.shown = 0

    def packets(self) -> Iterator[Any]:
        for index, strip in enumerate(self._strips):
            if index == len(self._strips) // 2:
                faults.point("join.half")
            yield from self._packets_of(strip)
            self._progress((index + 1) / len(self._strips))

    def _packets_of(self, path: Path) -> Iterator[Any]:
        frame = 1 / self._fps
        with av.open(str(path)) as strip:
            source: Any = strip.streams.video[0]
            if bytes(source.codec_context.extradata or b"") != self._header:
                raise StepError("two strips were encoded with different settings: can't be joined")
            begin = decoded = self.shown
            ticks = round(1 / (source.time_base * self._fps))
            for packet in strip.demux(source):
                if packet.pts is None:
                    continue
                packet.pts, packet.dts = begin + packet.pts // ticks, decoded - self._delay
                packet.time_base, packet.duration, packet.stream = frame, 1, self._stream
                decoded += 1
                yield packet
            self.shown = decoded


def _sound_packets(film: Any, sound: Path | None, *, fps: Fraction) -> Iterator[tuple[int, Any]]:
    """The sound's packets as they are, each with the frame before which it is written."""
    if sound is None:
        return iter(())
    source = av.open(str(sound))
    stream = source.streams.audio[0]
    copy = film.add_stream_from_template(stream, opaque=True)
    return _renamed(source, stream, copy, fps=fps)


def _renamed(source: Any, stream: Any, copy: Any, *, fps: Fraction) -> Iterator[tuple[int, Any]]:
    with source:
        for packet in source.demux(stream):
            if packet.dts is not None:
                frame = int(packet.dts * packet.time_base * fps)
                packet.stream = copy
                yield frame, packet
