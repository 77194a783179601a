"""Frames as sRGB pixels, for looking at single ones. Planes are BT.709, limited range, 4:2:0."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from berg.errors import MediaError
from berg.media.arrays import Bytes
from berg.media.probe.opening import moving_pictures, opened
from berg.media.video.frame_graph import PlaneTriple
from berg.media.video.read import upright_frames

_FROM_YUV = np.array([[1.0, 0.0, 1.5748], [1.0, -0.18732427, -0.46812427], [1.0, 1.8556, 0.0]])
"""R', G', B' from Y', Cb, Cr (ITU-R BT.709-6, 3)."""


def to_rgb(planes: PlaneTriple) -> npt.NDArray[np.uint8]:
    """(height, width, 3) uint8. BT.709 values are shown as sRGB, as every player does."""
    y, u, v = planes
    size = (y.shape[1], y.shape[0])
    chroma = [
        cv2.resize(np.ascontiguousarray(c), size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
        for c in (u, v)
    ]
    luma = (y.astype(np.float32) - 16) / 219
    yuv = np.stack([luma, (chroma[0] - 128) / 224, (chroma[1] - 128) / 224], axis=-1)
    rgb = yuv @ _FROM_YUV.T.astype(np.float32) * 255
    return np.asarray(np.clip(np.rint(rgb), 0, 255), np.uint8)


def poster(path: Path, frame: int) -> Bytes:
    """Frame number `frame` (from 0) of a film of constant rate: RGB (height, width, 3).

    A number beyond the end gives the last frame. Raises MediaError.
    """
    with opened(path) as container:
        streams = moving_pictures(container)
        if not streams or not streams[0].average_rate:
            raise MediaError(f"{path.name}: is not a film of constant rate", where=path.name)
        rate = Fraction(streams[0].average_rate)
        size = (streams[0].width, streams[0].height)
    pictures = upright_frames(path, start=frame / rate, fps=rate, count=1, crop=None, size=size)
    picture = to_rgb(next(pictures))
    pictures.close()
    return picture
