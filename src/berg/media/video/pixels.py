"""Frames as sRGB pixels, for looking at single ones. Planes are BT.709, limited range, 4:2:0."""

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.video.frame_graph import PlaneTriple

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
