"""Clips and pictures of awkward kinds, made on the spot for the tests of reading."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

PATCHES = ((220, 40, 30), (40, 180, 60), (30, 60, 200), (230, 200, 60))
"""R, G, B of the test card: top left, top right, bottom left, bottom right."""

# Kr and Kb of each matrix.
_WEIGHTS = {"bt709": (0.2126, 0.0722), "smpte170m": (0.299, 0.114), "bt2020": (0.2627, 0.0593)}
_SPACES = {"bt709": 1, "smpte170m": 6, "bt2020": 9}


def card(width: int, height: int) -> np.ndarray:
    """The test card, uint8 (height, width, 3)."""
    picture = np.zeros((height, width, 3), np.uint8)
    h, w = height // 2, width // 2
    picture[:h, :w], picture[:h, w:] = PATCHES[0], PATCHES[1]
    picture[h:, :w], picture[h:, w:] = PATCHES[2], PATCHES[3]
    return picture


def grey(level: int, width: int = 64, height: int = 48) -> np.ndarray:
    """An even picture, so that a frame can be told by its brightness."""
    return np.full((height, width, 3), level, np.uint8)


def to_yuv(
    rgb: np.ndarray, matrix: str, *, full: bool = False, bits: int = 8
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """R'G'B' 0-255 as 4:4:4 code values (float), by the definition of the matrix."""
    kr, kb = _WEIGHTS[matrix]
    r, g, b = (rgb[..., i] / 255.0 for i in range(3))
    y = kr * r + (1 - kr - kb) * g + kb * b
    u, v = (b - y) / (2 * (1 - kb)), (r - y) / (2 * (1 - kr))
    one = 2 ** (bits - 8)
    if full:
        top = 2**bits - 1
        return y * top, u * top + 128 * one, v * top + 128 * one
    return (16 + 219 * y) * one, (128 + 224 * u) * one, (128 + 224 * v) * one


def to_rgb(y: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """BT.709 limited code values as R'G'B' 0-255, float."""
    kr, kb = _WEIGHTS["bt709"]
    luma, cb, cr = (y - 16.0) / 219, (u - 128.0) / 224, (v - 128.0) / 224
    r, b = luma + 2 * (1 - kr) * cr, luma + 2 * (1 - kb) * cb
    g = (luma - kr * r - kb * b) / (1 - kr - kb)
    return np.stack([r, g, b], axis=-1) * 255


def yuv_frame(
    rgb: np.ndarray, fmt: str, *, matrix: str = "bt709", full: bool = False, tagged: bool = True
) -> av.VideoFrame:
    """A frame of planar YUV made by our own arithmetic, not FFmpeg's."""
    height, width = rgb.shape[:2]
    frame = av.VideoFrame(width, height, fmt)
    bits = frame.format.components[0].bits
    for plane, values in zip(frame.planes, to_yuv(rgb, matrix, full=full, bits=bits), strict=False):
        fill(plane, values, bits)
    if tagged:
        frame.colorspace = _SPACES[matrix]
        frame.color_range = 2 if full else 1
    return frame


def fill(plane: Any, values: np.ndarray, bits: int = 8) -> None:
    """Write code values into a plane, averaging down to its size."""
    kind: type = np.uint8 if bits == 8 else np.uint16
    across, down = -(-values.shape[1] // plane.width), -(-values.shape[0] // plane.height)
    padded = np.pad(
        values,
        ((0, plane.height * down - values.shape[0]), (0, plane.width * across - values.shape[1])),
        mode="edge",
    )
    small = padded.reshape(plane.height, down, plane.width, across).mean(axis=(1, 3))
    rows = np.frombuffer(memoryview(plane), kind).reshape(plane.height, -1)
    rows[:, : plane.width] = np.rint(small)


def write_clip(
    path: Path,
    frames: Sequence[av.VideoFrame],
    *,
    codec: str = "libx264",
    times: Sequence[int] | None = None,
    time_base: Fraction = Fraction(1, 30),
    options: dict[str, str] | None = None,
    container_options: dict[str, str] | None = None,
    prepare: Callable[[Any], None] | None = None,
    tone: tuple[int, int, int] | None = None,
) -> Path:
    """Encode frames; `times` are in `time_base`; `tone` is (primaries, transfer, matrix)."""
    first = frames[0]
    with av.open(path, "w", options=container_options or {}) as out:
        stream = out.add_stream(codec, rate=int(1 / time_base) or 1, options=options or {})
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, first.format.name
        stream.time_base = stream.codec_context.time_base = time_base
        context = stream.codec_context
        context.thread_count = 1
        context.colorspace, context.color_range = int(first.colorspace), int(first.color_range)
        if tone:
            context.color_primaries, context.color_trc, context.colorspace = tone
        if prepare:
            prepare(stream)
        for index, frame in enumerate(frames):
            frame.pts, frame.time_base = (times[index] if times else index), time_base
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path
