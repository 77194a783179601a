"""Glimpses of a film: small luma pictures, about five per second, with their times.

Key frames are always among them: coders spend most on them. Of a long film stretches are seen,
spread evenly. Not here: what is looked for (`shots`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from berg.errors import MediaError
from berg.media.probe.limits import MAX_CLIP_BYTES, MAX_CLIP_PIXELS, check_size
from berg.media.probe.opening import moving_pictures, opened
from berg.media.probe.sniff import regular_file
from berg.media.video.read import ClipReader

_MOST_PIXELS = 640_000
_APART_S = Fraction(1, 5)
_WHOLE_S = 180
"""Seconds of film up to which all of it is seen."""
_STRETCH_S = 5


@dataclass(frozen=True, eq=False, slots=True)
class ReducedFrame:
    """One frame, reduced."""

    luma: npt.NDArray[np.uint8]
    """(height, width), at most 640,000 pixels, square ones."""
    time_s: float
    """Seconds since the film's beginning."""
    share: float
    """Share of the film seen by now."""


def glimpses(path: Path) -> Iterator[ReducedFrame]:
    """Glimpses in order of time. Raises MediaError when nothing can be decoded."""
    regular_file(path, most=MAX_CLIP_BYTES)
    length = _length(path)
    seen = False
    for start, end in _stretches(length):
        for time, frame, aspect in _frames(path, start, end):
            seen = True
            share = min(1.0, float(time / length)) if length else 0.0
            yield ReducedFrame(_reduced(path.name, frame, aspect), float(time), share)
    if not seen:
        raise MediaError(f"{path.name}: has no frame that can be decoded", where=path.name)


def _length(path: Path) -> Fraction:
    """Seconds, as the container says; 0 when it doesn't."""
    with opened(path) as container:
        if not moving_pictures(container):
            raise MediaError(f"{path.name}: holds no moving pictures", where=path.name)
        return Fraction(max(0, container.duration or 0), 1_000_000)


def _stretches(length: Fraction) -> Iterator[tuple[Fraction, Fraction | None]]:
    if length <= _WHOLE_S:
        yield Fraction(0), Fraction(_WHOLE_S)
        return
    count = _WHOLE_S // _STRETCH_S
    for number in range(count):
        start = (length - _STRETCH_S) * number / (count - 1)
        yield start, start + _STRETCH_S


def _frames(
    path: Path, start: Fraction, end: Fraction | None
) -> Iterator[tuple[Fraction, VideoFrame, Fraction]]:
    """Frames worth a glimpse, with their times and the pixels' aspect."""
    with opened(path) as container:
        clip = ClipReader(container)
        due = Fraction(0)
        for offset, frame in clip.frames(start):
            if offset < 0:
                continue
            time = start + offset
            if end is not None and time >= end:
                return
            if offset >= due or frame.key_frame:
                due = max(due, offset + _APART_S)
                yield time, frame, clip.aspect


def _reduced(name: str, frame: VideoFrame, aspect: Fraction) -> npt.NDArray[np.uint8]:
    check_size(name, frame.width, frame.height, most=MAX_CLIP_PIXELS)
    width = max(1, round(frame.width * aspect))
    shrink = max(1.0, (width * frame.height / _MOST_PIXELS) ** 0.5)
    size = max(16, round(width / shrink)), max(16, round(frame.height / shrink))
    try:
        small = frame.reformat(*size, format="gray", interpolation=Interpolation.AREA)
    except (FFmpegError, ValueError) as error:
        raise MediaError(f"{name}: a frame can't be read: {error}", where=name) from error
    return np.ascontiguousarray(small.to_ndarray())
