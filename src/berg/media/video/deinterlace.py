"""Interlaced frames woven into whole pictures, with their times kept."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from av.filter import Graph
from av.video.frame import VideoFrame

TimedFrame: TypeAlias = tuple[Fraction, VideoFrame]
"""Seconds after the wanted start (negative: before it), and what is shown from then on."""


def deinterlaced(frames: Iterator[TimedFrame]) -> Iterator[TimedFrame]:
    """Frames with interlaced ones woven into whole pictures (bwdif); others pass untouched."""
    weave: _Weave | None = None
    for time, frame in frames:
        if weave is None and frame.interlaced_frame:
            weave = _Weave(frame)
        if weave is None:
            yield time, frame
        elif weave.fits(frame):
            yield from weave.push(time, frame)
        else:
            yield from weave.finish()
            weave = _Weave(frame) if frame.interlaced_frame else None
            yield from weave.push(time, frame) if weave else iter([(time, frame)])
    if weave is not None:
        yield from weave.finish()


class _Weave:
    """One deinterlacer; it holds a frame back, since it looks at the next one too."""

    def __init__(self, frame: VideoFrame) -> None:
        self._size = (frame.width, frame.height, frame.format.name)
        self._graph = Graph()
        self._graph.threads = 1
        self._times: list[Fraction] = []
        self._source = self._graph.add(
            "buffer",
            video_size=f"{frame.width}x{frame.height}",
            pix_fmt=frame.format.name,
            time_base="1/1000",
            pixel_aspect="1/1",
            colorspace=str(int(frame.colorspace)),
            range=str(int(frame.color_range)),
        )
        weave = self._graph.add("bwdif", "mode=send_frame:deint=interlaced")
        self._sink = self._graph.add("buffersink")
        self._graph.link_nodes(self._source, weave, self._sink).configure()

    def fits(self, frame: VideoFrame) -> bool:
        """Whether a frame has the shape that this one was made for."""
        return self._size == (frame.width, frame.height, frame.format.name)

    def push(self, time: Fraction, frame: VideoFrame) -> Iterator[TimedFrame]:
        """Take a frame; give those that are ready."""
        frame.pts, frame.time_base = len(self._times), Fraction(1, 1000)
        self._times.append(time)
        self._source.push(frame)
        return self._ready()

    def finish(self) -> Iterator[TimedFrame]:
        """Give what is held back."""
        self._source.push(None)
        return self._ready()

    def _ready(self) -> Iterator[TimedFrame]:
        while True:
            try:
                made = self._sink.pull()
            except (BlockingIOError, EOFError):
                return
            assert isinstance(made, VideoFrame)
            assert made.pts is not None
            assert made.time_base is not None
            yield self._times[round(made.pts * made.time_base * 1000)], made
