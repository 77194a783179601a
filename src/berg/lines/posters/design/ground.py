"""A photograph made the ground of posters: cropped to its subject so that it fills the shape.

Never inset, never graded: what a brand's photographer delivered is right, and what a phone took
is what the sender chose. Not here: what it is about (`subject`), where type goes (`calm`), and
what is laid over it.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from berg.lines.posters.design.calm import COLUMNS, ROWS
from berg.lines.posters.design.places import Area
from berg.media.image.framing import fill
from berg.media.image.photo import Pixels
from berg.media.image.still import resized
from berg.media.image.subject import Subject

SOFT = 2.2
"""Enlargement from which a photograph looks soft on a poster beside sharp type."""
_LOOK_AT = 40
"""Pixels along each cell of the grids that are looked at."""
_SLIGHTLY = 0.7
"""From here to 1 a reduction is slight: see `_fitted`."""
_BUSY = 34.0
"""Mean spread of brightness inside a cell that counts as busiest (of 255)."""


@dataclass(frozen=True, slots=True)
class Grounded:
    """A ground's pixels, and what lies where on it."""

    pixels: Pixels
    detail: tuple[int, ...]
    luma: tuple[int, ...]
    focus: tuple[int, int]
    faces: tuple[Area, ...]
    enlarged: float
    """How many times larger than in the photograph; below 1 it was reduced."""


def ground_of(
    picture: Pixels, subject: Subject, *, size: tuple[int, int], enlarge: bool
) -> Grounded:
    """A photograph that fills `size` (width, height); smaller, of its shape, if it need be and may.

    The same picture gives the same bytes.
    """
    cv2.setNumThreads(1)
    height, width = picture.shape[:2]
    framing = fill(subject, picture=(width, height), output=size)
    left, top, wide, tall = framing.crop
    crop = np.ascontiguousarray(picture[top : top + tall, left : left + wide])
    enlarged = size[0] / wide
    pixels = crop if enlarged > 1 and not enlarge else _fitted(crop, size)
    detail, luma = grids_of(pixels)
    focus = (round(framing.focus[0] * 1000), round(framing.focus[1] * 1000))
    faces = _faces(subject, (width, height), framing.crop)
    return Grounded(pixels, detail, luma, focus, faces, enlarged)


def grids_of(pixels: Pixels) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How busy and how bright each cell of a grid of 8 x 10 is, 0 to 255, row by row."""
    cells, size = (COLUMNS, ROWS), (COLUMNS * _LOOK_AT, ROWS * _LOOK_AT)
    whole = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(whole, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean = cv2.resize(grey, cells, interpolation=cv2.INTER_AREA)
    # Spread around a soft surround: a smooth sky that only grows lighter is calm.
    spread = np.sqrt(cv2.resize((grey - _surround(grey)) ** 2, cells, interpolation=cv2.INTER_AREA))
    busy = np.clip(spread / _BUSY * 255, 0, 255)
    return _whole(busy), _whole(mean)


def _surround(grey: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A quarter of a cell blurred; at half the size, where it costs an eighth."""
    height, width = grey.shape
    half = cv2.resize(grey, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(half, (0, 0), _LOOK_AT / 8, borderType=cv2.BORDER_REFLECT)
    return np.asarray(cv2.resize(soft, (width, height)), np.float32)


def _fitted(crop: Pixels, size: tuple[int, int]) -> Pixels:
    """A crop in another size, as `resized`; slightly reduced, it is a little blurred, then sampled.

    There averaging over areas takes three times as long and keeps less: its weights differ from
    pixel to pixel.
    """
    scale = size[0] / crop.shape[1]
    if not _SLIGHTLY <= scale < 1:
        return resized(crop, size)
    soft = cv2.GaussianBlur(crop, (0, 0), 0.5 * math.sqrt(scale**-2 - 1))
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _whole(values: np.ndarray) -> tuple[int, ...]:
    return tuple(int(value) for value in np.rint(values).ravel())


def _faces(
    subject: Subject, picture: tuple[int, int], crop: tuple[int, int, int, int]
) -> tuple[Area, ...]:
    """Faces as they are seen in a crop, thousandths; those that it cuts off are left out."""
    found = []
    for face in subject.faces:
        left = (face.left * picture[0] - crop[0]) / crop[2]
        top = (face.top * picture[1] - crop[1]) / crop[3]
        right = left + face.width * picture[0] / crop[2]
        bottom = top + face.height * picture[1] / crop[3]
        edges = [min(1000, max(0, round(edge * 1000))) for edge in (left, top, right, bottom)]
        if edges[2] > edges[0] and edges[3] > edges[1]:
            found.append(Area(*edges))
    return tuple(found)
