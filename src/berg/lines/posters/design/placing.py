"""A ground put into the panel where a layout wants its picture: scaled to fill it, and cut."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from berg.lines.posters.design.parts import RgbPixels, cut
from berg.lines.posters.design.places import Area
from berg.media.type.safe import Box

_EYE_LINE = 0.42
"""Where the subject's centre best stands, a share of the panel's height."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture where it goes; pixels are of the panel's size."""

    pixels: RgbPixels
    panel: Box
    faces: tuple[Box, ...]
    """Faces, in the poster's pixels."""


def place(
    raster: RgbPixels, panel: Box, *, focus: tuple[int, int], faces: Sequence[Area] = ()
) -> Placed:
    """Fill a panel with a ground. `focus` and `faces` are thousandths of the ground."""
    height, width = raster.shape[:2]
    scale = max(panel.width / width, panel.height / height)
    wide = min(width, max(1, round(panel.width / scale)))
    tall = min(height, max(1, round(panel.height / scale)))
    left = _from(width, wide, focus[0] / 1000 * width - wide / 2)
    top = _from(height, tall, focus[1] / 1000 * height - tall * _EYE_LINE)
    part = raster[top : top + tall, left : left + wide]
    if (wide, tall) != (panel.width, panel.height):
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        size = (panel.width, panel.height)
        part = np.asarray(cv2.resize(part, size, interpolation=way), np.uint8)
    boxes = [_moved(face, (width, height), (left, top), scale, panel) for face in faces]
    seen = [box for box in (cut(box, panel) for box in boxes) if box is not None]
    return Placed(np.ascontiguousarray(part), panel, tuple(seen))


def _from(whole: int, part: int, wanted: float) -> int:
    return min(whole - part, max(0, round(wanted)))


def _moved(
    face: Area, size: tuple[int, int], corner: tuple[int, int], scale: float, panel: Box
) -> Box:
    left = panel.left + round((face.left * size[0] / 1000 - corner[0]) * scale)
    top = panel.top + round((face.top * size[1] / 1000 - corner[1]) * scale)
    return Box(
        left=left,
        top=top,
        width=max(1, round((face.right - face.left) * size[0] / 1000 * scale)),
        height=max(1, round((face.bottom - face.top) * size[1] / 1000 * scale)),
    )
