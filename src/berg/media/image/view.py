"""What a picture leaves free for type: its faces, and how busy each part of it is."""

from collections.abc import Sequence

import cv2
import numpy as np

from berg.media.arrays import Bytes
from berg.media.image.faces import possible_faces
from berg.media.image.photo import Pixels
from berg.schema.layer import Taken, View

_ROWS = 32
"""Cells along the longer side."""
_LOUD = 60.0
"""Mean gradient (0 to 255) that counts as wholly busy."""


def view_of(pictures: Sequence[Pixels]) -> View:
    """What all of several moments of a shot leave free; a face in any of them counts."""
    faces = [face for picture in pictures for face in possible_faces(picture)]
    busy = np.max([_busyness(picture) for picture in pictures], axis=0)
    return View(
        faces=tuple(
            Taken(
                left=round(face.left * 1000),
                top=round(face.top * 1000),
                width=round(face.width * 1000),
                height=round(face.height * 1000),
            )
            for face in faces
        ),
        busy=tuple(row.tobytes().hex() for row in busy),
    )


def _busyness(picture: Pixels) -> Bytes:
    cv2.setNumThreads(1)
    height, width = picture.shape[:2]
    scale = _ROWS / max(height, width)
    cells = (max(4, round(width * scale)), max(4, round(height * scale)))
    fine = (cells[0] * 12, cells[1] * 12)
    grey = cv2.cvtColor(
        cv2.resize(picture, fine, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY
    ).astype(np.float32)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0) / 4
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1) / 4
    loud = cv2.resize(np.hypot(across, down), cells, interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(loud / _LOUD * 255, 0, 255), np.uint8)
