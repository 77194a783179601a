"""Encoding a strip: frames in, one closed H.264 stream in MP4 out. The same frames give the same
bytes, and strips made with the same settings can be joined without encoding again.

Why each setting is as it is: docs/decisions/0007-encoding.md. Not here: sound, and joining.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import av
import numpy as np

from berg.media.arrays import Bytes
from berg.media.video.scene import Scene
from berg.media.video.yuv import Planes

_BT709 = 1
THREADS = 2
"""Fixed, since the count is written into the stream. Two, so that one changed shot doesn't leave a
core idle; with all slots busy it costs nothing."""
_LIMITED = 1
"""AVCOL_RANGE_MPEG: 16 to 235."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderSettings:
    """How a film's strips are encoded; all strips of a film share them."""

    codec: Literal["libx264", "libsvtav1"] = "libx264"
    preset: str = "medium"
    """The codec's own word: `medium` for x264, `8` for SVT-AV1."""
    crf: int = 23
    key_seconds: int = 10
    """Longest stretch between two key frames, seconds. Each costs bytes (1.25 s: 2.3 times as many
    as a shot without); browsers seek well enough by the key frame that begins every shot."""

    def options(self, fps: Fraction) -> dict[str, str]:
        """What the codec is told."""
        keyint = max(1, round(self.key_seconds * fps))
        if self.codec == "libsvtav1":
            params = f"keyint={keyint}:lp=1"
            return {"preset": self.preset, "crf": str(self.crf), "svtav1-params": params}
        params = (
            f"cpu-independent=1:stitchable=1:open-gop=0:keyint={keyint}"
            f":threads={THREADS}:sliced-threads=0"
        )
        return {
            "preset": self.preset,
            "crf": str(self.crf),
            "profile": "high",
            "x264-params": params,
        }


class Encoder:
    """An open strip. Paint onto `canvas`, then `send`; leaving the block finishes the file."""

    def __init__(
        self,
        path: Path,
        *,
        width: int,
        height: int,
        fps: Fraction,
        settings: EncoderSettings,
    ) -> None:
        options = {"fflags": "+bitexact"}
        self._container = av.open(str(path), "w", format="mp4", options=options)
        stream: Any = self._container.add_stream(settings.codec, rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.thread_count, context.time_base = THREADS, 1 / fps
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED
        stream.options = settings.options(fps)
        self._stream = stream
        self._frame = av.VideoFrame(width, height, "yuv420p")
        self._frame.time_base = 1 / fps
        self.frames = 0
        self.canvas = _planes_of(self._frame)
        """The encoder's own input planes: what is painted here is never copied again."""

    def send(self) -> None:
        """Encode what is on the canvas as the next frame."""
        self._frame.pts = self.frames
        self._container.mux(self._stream.encode(self._frame))
        self.frames += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()


def _planes_of(frame: av.VideoFrame) -> Planes:
    """Writable views of a frame's own memory. One frame serves for all: the encoder has taken its
    copy when `encode` returns."""
    views: list[Bytes] = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)  # type: ignore[call-overload]
        views.append(rows[:, : plane.width])
    return Planes(*views)


def encode_scene(
    scene: Scene,
    path: Path,
    *,
    first: int,
    end: int,
    width: int,
    height: int,
    fps: Fraction,
    settings: EncoderSettings,
    progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Encode frames `first` to `end` (exclusive) of a scene to an MP4 at `path`."""
    with Encoder(path, width=width, height=height, fps=fps, settings=settings) as encoder:
        for _ in scene.paint(first, end, encoder.canvas):
            encoder.send()
            progress(encoder.frames / (end - first))


def encode_standing(
    scene: Scene,
    path: Path,
    *,
    frame: int,
    count: int,
    width: int,
    height: int,
    fps: Fraction,
    settings: EncoderSettings,
) -> None:
    """Encode one frame of a scene, standing still for `count` frames."""
    with Encoder(path, width=width, height=height, fps=fps, settings=settings) as encoder:
        for _ in scene.paint(frame, frame + 1, encoder.canvas):
            for _ in range(count):
                encoder.send()
