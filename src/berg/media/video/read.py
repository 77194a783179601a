"""A clip of any kind as upright pictures at a constant rate, in BT.709 limited 4:2:0.

Which frame is on show at which moment is decided here, by presentation time alone; what one frame
becomes is `berg.media.video.frame_graph`. Not here: encoding, sound.
"""

from collections.abc import Generator, Iterator
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import cast

from av.codec.context import CodecContext
from av.container import InputContainer
from av.error import FFmpegError
from av.stream import Discard
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from berg.errors import MediaError
from berg.media.image.framing import CropBox
from berg.media.probe.limits import MAX_CLIP_PIXELS
from berg.media.probe.opening import moving_pictures, opened
from berg.media.probe.upright import pixel_aspect, webm_alpha
from berg.media.video.backdrop import Backdrop
from berg.media.video.deinterlace import TimedFrame, deinterlaced
from berg.media.video.frame_graph import FrameGraph, PlaneTriple, shape_of

_LATE = Fraction(1, 4)
"""Share of an output frame by which a timestamp may be late: containers round them."""
_STEPS_BACK = (1, 10)
"""Seconds before the start at which a seek is tried; keyframes are seldom further apart."""
_BARREN = 1000
"""Damaged packets in a row after which a clip is taken to have ended."""


def upright_frames(
    path: Path,
    *,
    start: Fraction,
    fps: Fraction,
    count: int,
    crop: CropBox | None,
    size: tuple[int, int],
    backdrop: bool = False,
) -> "UprightFrames":
    """Exactly `count` pictures of a clip, `fps` per second, from `start` seconds after its first.

    Each is what a player would show at that moment. `crop` (left, top, width, height; None for
    all) is in upright square pixels; `size` is even. With `backdrop`, the crop is shown whole over
    a blurred copy of itself. The last picture is held when the clip ends; a damaged frame is
    replaced by the one before it. Raises MediaError when nothing can be decoded.
    """
    return UprightFrames(path, start, fps, count, crop, size, backdrop)


class UprightFrames(Iterator[PlaneTriple]):
    """An iterator of pictures; see `upright_frames`."""

    def __init__(
        self,
        path: Path,
        start: Fraction,
        fps: Fraction,
        count: int,
        crop: CropBox | None,
        size: tuple[int, int],
        backdrop: bool,
    ) -> None:
        self.damaged = 0
        """Damaged frames that were passed over so far."""
        self._path = path
        self._made = self._pictures(start, fps, count, crop, size, backdrop)

    def __next__(self) -> PlaneTriple:
        return next(self._made)

    def close(self) -> None:
        """Close the file; the pictures given so far stay valid."""
        self._made.close()

    def _pictures(
        self,
        start: Fraction,
        fps: Fraction,
        count: int,
        crop: CropBox | None,
        size: tuple[int, int],
        backdrop: bool,
    ) -> Generator[PlaneTriple, None, None]:
        with opened(self._path) as container:
            clip = ClipReader(container, self)
            render = Renderer(clip.aspect, crop, size, backdrop)
            shown: VideoFrame | None = None
            planes: PlaneTriple | None = None
            for frame in on_grid(deinterlaced(clip.frames(start)), fps=fps, count=count):
                if planes is None or frame is not shown:
                    shown, planes = frame, render(frame)
                yield planes
            if planes is None and count:
                what = "has no frame that can be decoded"
                raise MediaError(f"{self._path.name}: {what}", where=self._path.name)


class Renderer:
    """Frames of changing shape to pictures of one size."""

    def __init__(
        self, aspect: Fraction, crop: CropBox | None, size: tuple[int, int], backdrop: bool
    ) -> None:
        self._aspect, self._crop, self._size = aspect, crop, size
        self._wants_backdrop = backdrop
        self._graph: FrameGraph | None = None
        self._backdrop: Backdrop | None = None

    def __call__(self, frame: VideoFrame) -> PlaneTriple:
        """One picture; read-only arrays that stay valid."""
        shape = shape_of(frame, self._aspect)
        if self._graph is None or self._graph.shape != shape:
            size = self._size
            if self._wants_backdrop:
                inner = self._crop[2:] if self._crop else shape.upright
                self._backdrop = Backdrop(inner, self._size)
                size = self._backdrop.inset
            self._graph = FrameGraph(shape, crop=self._crop, size=size)
        planes = self._graph(frame)
        return self._backdrop(planes) if self._backdrop else planes


class ClipReader:
    """Decoding: from the right place, in order of presentation, over damage."""

    def __init__(self, container: InputContainer, owner: UprightFrames | None = None) -> None:
        videos = moving_pictures(container)
        if not videos or videos[0].codec_context is None:
            name = Path(container.name).name
            raise MediaError(f"{name}: holds no pictures that can be decoded", where=name)
        self._owner, self._container, self._stream = owner, container, videos[0]
        for stream in container.streams:
            if stream is not self._stream:
                stream.discard = Discard.all
        self._decoder = _decoder(self._stream)
        self._base = self._stream.time_base or Fraction(1, 1000)
        self._origin: Fraction | None = None
        self.aspect = pixel_aspect(self._stream.sample_aspect_ratio)

    def frames(self, start: Fraction) -> Iterator[TimedFrame]:
        """Frames with their time relative to `start`, from one at or before it if there is one."""
        decoding = self._decode()
        first = next(decoding, None)
        if first is None:
            return
        origin = first[0]
        decoding = chain([first], decoding)
        if start > _STEPS_BACK[0]:
            decoding = self._seek(origin, start)
        for time, frame in decoding:
            yield time - origin - start, frame

    def _seek(self, origin: Fraction, start: Fraction) -> Iterator[TimedFrame]:
        for back in (*_STEPS_BACK, None):
            target = origin if back is None else max(origin, origin + start - back)
            self._rewind(target)
            decoding = self._decode()
            head = next(decoding, None)
            if head is not None and (back is None or head[0] <= origin + start):
                return chain([head], decoding)
        return iter(())

    def _rewind(self, target: Fraction) -> None:
        try:
            self._container.seek(int(target / self._base), stream=self._stream)
        except FFmpegError:
            self._container.seek(0)
        self._decoder.flush_buffers()

    def _decode(self) -> Iterator[TimedFrame]:
        last: Fraction | None = None
        step = 1 / Fraction(self._stream.average_rate or 25)
        for frame in self._whole_frames():
            time = None if frame.pts is None else frame.pts * (frame.time_base or self._base)
            if time is None:
                time = Fraction(0) if last is None else last + step
            if last is not None and time <= last:
                continue
            last = time
            yield time, frame

    def _whole_frames(self) -> Iterator[VideoFrame]:
        """Decoded frames; damaged ones are counted and left out."""
        barren = 0
        packets = self._container.demux(self._stream)
        while barren < _BARREN:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = self._decoder.decode(packet)
            except EOFError:
                return
            except FFmpegError:
                self._count_damage()
                barren += 1
                continue
            for frame in frames:
                if frame.is_corrupt:
                    self._count_damage()
                else:
                    barren = 0
                    yield frame

    def snapshot(self, time: Fraction) -> TimedFrame | None:
        """The keyframe nearest before `time` seconds, with its time; cheap, and not exact."""
        if self._origin is None:
            first = next(self._decode(), None)
            if first is None:
                return None
            self._origin = first[0]
        self._rewind(self._origin + time)
        found = next(self._decode(), None)
        return None if found is None else (found[0] - self._origin, found[1])

    def _count_damage(self) -> None:
        if self._owner is not None:
            self._owner.damaged += 1


def _decoder(stream: VideoStream) -> VideoCodecContext:
    """The stream's decoder, on one thread; one that sees transparency where there is some."""
    context = stream.codec_context
    if webm_alpha(stream):
        name = {"vp8": "libvpx", "vp9": "libvpx-vp9"}[context.name]
        context = cast(VideoCodecContext, CodecContext.create(name, "r"))
    context.thread_count = 1
    context.options = {"max_pixels": str(MAX_CLIP_PIXELS)}
    return context


def on_grid(frames: Iterator[TimedFrame], *, fps: Fraction, count: int) -> Iterator[VideoFrame]:
    """The frame on show at each of `count` moments, 1/`fps` apart; the first and last are held."""
    shown: VideoFrame | None = None
    upcoming = next(frames, None)
    for number in range(count):
        limit = (number + _LATE) / fps
        while upcoming is not None and (shown is None or upcoming[0] <= limit):
            shown = upcoming[1]
            upcoming = next(frames, None)
        if shown is None:
            return
        yield shown
