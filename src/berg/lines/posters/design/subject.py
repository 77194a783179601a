"""What a photograph is about, found once and told in whole numbers: every crop of it goes by that.

A reduced picture tells as much: faces are looked for in 384 pixels, and what stands out in fewer.
Not here: finding it (`berg.media.image.subject`), and cropping (`ground`).
"""

from collections.abc import Sequence

import cv2
import numpy as np

from berg.lines.posters.design.places import Area
from berg.media.image.faces import QUICKLY, Face
from berg.media.image.photo import Pixels
from berg.media.image.subject import Subject, find_subject

_LOOK_AT = 768
"""Pixels of the longer side that a photograph is read with at least."""
_STRIPS = 4096
"""Pixels of the longest side in which the subject is looked for: all cells are coarser."""
_FINE = 1_000_000
"""Parts of the width or height in which faces are told."""


def enough_for(width: int, height: int) -> tuple[int, int]:
    """The size in which a photograph of a size has to be read, to find its subject."""
    scale = min(1.0, _LOOK_AT / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def subject_of(picture: Pixels) -> Subject:
    """The subject of a photograph. The same picture gives the same."""
    height, width = picture.shape[:2]
    scale = _STRIPS / max(height, width)
    if scale >= 1:
        return find_subject(picture, QUICKLY)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return find_subject(np.asarray(small, np.uint8), QUICKLY)


def told(subject: Subject) -> tuple[tuple[bytes, ...], tuple[Area, ...]]:
    """A subject's map, row by row, and its faces in millionths of width and height.

    A byte is the root of how much a place matters (that is how contrast is weighed), 255 most.
    """
    roots = np.sqrt(subject.weights / subject.weights.max())
    levels = np.rint(roots * 255).astype(np.uint8)
    faces = tuple(
        Area(*(round(edge * _FINE) for edge in (f.left, f.top, f.left + f.width, f.top + f.height)))
        for f in subject.faces
    )
    return tuple(row.tobytes() for row in levels), faces


def heard(rows: Sequence[bytes], faces: Sequence[Area]) -> Subject:
    """A subject as it was `told`, but for rounding."""
    levels = np.array([np.frombuffer(row, np.uint8) for row in rows], np.float64)
    squares = levels**2
    return Subject(
        squares / squares.sum(),
        tuple(
            Face(
                f.left / _FINE,
                f.top / _FINE,
                (f.right - f.left) / _FINE,
                (f.bottom - f.top) / _FINE,
            )
            for f in faces
        ),
    )
