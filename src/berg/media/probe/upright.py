"""Which way up a clip's frames are, and how large they are once upright with square pixels."""

import struct
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from av.sidedata.sidedata import Type
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

MAX_PIXEL_ASPECT = 8
"""Pixels more than this many times wider than high (or the reverse) are a lie: taken as square."""


@dataclass(frozen=True, slots=True)
class Orientation:
    """One of the eight ways to lay a frame: first transposed (or not), then mirrored."""

    transposed: bool = False
    """Rows become columns."""
    mirrored: bool = False
    """Then left becomes right."""
    flipped: bool = False
    """Then top becomes bottom."""

    def box_in_source(
        self, box: tuple[int, int, int, int], width: int, height: int
    ) -> tuple[int, int, int, int]:
        """A box (left, top, width, height) of the upright picture, in the frame as it is coded.

        `width` and `height` are of the upright picture, in the same pixels as the box.
        """
        left, top, w, h = box
        if self.mirrored:
            left = width - left - w
        if self.flipped:
            top = height - top - h
        return (top, left, h, w) if self.transposed else (left, top, w, h)

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """FFmpeg filters (name, arguments) that lay a coded frame upright."""
        if self.transposed:
            way = {(False, False): "cclock_flip", (True, False): "clock"}
            way |= {(False, True): "cclock", (True, True): "clock_flip"}
            return (("transpose", way[self.mirrored, self.flipped]),)
        if not self.flipped:
            return (("hflip", ""),) if self.mirrored else ()
        # Never vflip alone: it gives frames whose rows run backwards in memory.
        return (
            ("transpose", "cclock_flip"),
            ("transpose", "clock_flip" if self.mirrored else "cclock"),
        )


def orientation_of(frame: VideoFrame) -> Orientation:
    """How a frame asks to be laid, by its display matrix (ISO/IEC 14496-12, 8.3.2)."""
    side_data: Any = frame.side_data
    matrix = next((s for s in side_data if s.type is Type.DISPLAYMATRIX), None)
    if matrix is None:
        return Orientation()
    raw = bytes(matrix)
    a, b, _, c, d = struct.unpack("=5i", raw[:20])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Orientation(mirrored=a < 0, flipped=d < 0)
    return Orientation(transposed=True, mirrored=c < 0, flipped=b < 0)


def pixel_aspect(declared: Fraction | None) -> Fraction:
    """Width over height of one pixel; 1 when absent or absurd."""
    if not declared or declared <= 0:
        return Fraction(1)
    return (
        declared if 1 / Fraction(MAX_PIXEL_ASPECT) <= declared <= MAX_PIXEL_ASPECT else Fraction(1)
    )


def upright_size(frame: VideoFrame, declared_aspect: Fraction | None) -> tuple[int, int]:
    """Width and height in square pixels of a frame, laid upright."""
    aspect = pixel_aspect(declared_aspect)
    width = max(1, round(frame.width * aspect))
    return (frame.height, width) if orientation_of(frame).transposed else (width, frame.height)


def has_alpha(frame: VideoFrame, stream: VideoStream) -> bool:
    """Whether a clip has transparency, in its pixel format or beside it (WebM)."""
    return any(c.is_alpha for c in frame.format.components) or webm_alpha(stream)


def webm_alpha(stream: VideoStream) -> bool:
    """Whether a VP8 or VP9 stream carries its transparency as a second picture in each packet."""
    tags = {key.lower(): value for key, value in stream.metadata.items()}
    return tags.get("alpha_mode") == "1" and stream.codec_context.name in ("vp8", "vp9")
