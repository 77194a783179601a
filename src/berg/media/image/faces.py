"""Faces, of people and cats, by OpenCV's Haar cascades (their models come with the library).

One cascade alone sees faces in foliage and brickwork. A find counts only if another cascade,
trained apart, agrees on it, or if eyes are where eyes should be.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from berg.media.image.photo import Pixels

_LEAST = 0.055
"""Smallest face, as a share of the shorter side: smaller ones are not what a picture is about."""
_PEOPLE = (("frontalface_alt2", 4), ("frontalface_default", 6))
_PROFILE = ("profileface", 6)
_CATS = (("frontalcatface", 4), ("frontalcatface_extended", 4))
_SAME = 0.3
"""Intersection over union from which two finds are the same face."""


@dataclass(frozen=True, slots=True)
class Face:
    """A face, in shares (0 to 1) of the picture's width and height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """Share of the picture."""
        return self.width * self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class Search:
    """How closely a picture is searched."""

    look_at: int
    """Pixels of the longer side in which faces are looked for."""
    step: float
    """From one size of face to the next."""
    sure: float
    """Finds beside each other that count as one, as a share of what the smallest step gives."""


CLOSELY = Search(look_at=512, step=1.1, sure=1.0)
QUICKLY = Search(look_at=384, step=1.2, sure=0.6)
"""A search in a third of the time; faces below a twelfth of the shorter side are not seen."""


def find_people(picture: Pixels) -> tuple[Face, ...]:
    """As `find_faces`, of people alone."""
    return find_faces(picture, cats=False)


def find_faces(picture: Pixels, search: Search = CLOSELY, *, cats: bool = True) -> tuple[Face, ...]:
    """Faces that are believed, largest first. The same picture gives the same faces."""
    cv2.setNumThreads(1)
    small = cv2.cvtColor(_small(picture, search.look_at), cv2.COLOR_RGB2GRAY)
    grey: Pixels = np.asarray(cv2.equalizeHist(small), np.uint8)
    height, width = grey.shape
    # Each search costs a tenth of a second: the later ones run only if they can matter.
    people = [_detect(grey, *cascade, search) for cascade in _PEOPLE]
    believed = _agreed(people)
    if not believed and any(people):
        believed = _agreed([*people, _profiles(grey, search)]) or _with_eyes(grey, people[0])
    if not believed and cats:
        believed = _cats(grey, search)
    faces = [
        Face(x / width, y / height, w / width, h / height) for x, y, w, h in _distinct(believed)
    ]
    return tuple(sorted(faces, key=lambda f: (-f.area, f.left, f.top)))


def possible_faces(picture: Pixels) -> tuple[Face, ...]:
    """All that any search takes for a face: for what must not stand on one, a false find costs
    little. The same picture gives the same faces."""
    cv2.setNumThreads(1)
    small = cv2.cvtColor(_small(picture, CLOSELY.look_at), cv2.COLOR_RGB2GRAY)
    grey: Pixels = np.asarray(cv2.equalizeHist(small), np.uint8)
    height, width = grey.shape
    found = [box for name, most in _PEOPLE for box in _detect(grey, name, most, CLOSELY)]
    found += _profiles(grey, CLOSELY) + _cats(grey, CLOSELY)
    boxes = _distinct(sorted(found, key=lambda box: (-box[2] * box[3], box)))
    return tuple(Face(x / width, y / height, w / width, h / height) for x, y, w, h in boxes)


FaceBox = tuple[int, int, int, int]
"""Left, top, width, height in the picture that was searched."""


def _small(picture: Pixels, look_at: int) -> Pixels:
    height, width = picture.shape[:2]
    scale = min(2.0, look_at / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)


@lru_cache(maxsize=16)
def _cascade(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(
        str(Path(cv2.__file__).parent / "data" / f"haarcascade_{name}.xml")
    )


def _detect(grey: Pixels, name: str, neighbours: int, search: Search) -> list[FaceBox]:
    least = max(24, round(min(grey.shape) * _LEAST))
    found = _cascade(name).detectMultiScale(
        grey,
        scaleFactor=search.step,
        minNeighbors=round(neighbours * search.sure),
        minSize=(least, least),
    )
    return sorted((int(x), int(y), int(w), int(h)) for x, y, w, h in found)


def _profiles(grey: Pixels, search: Search) -> list[FaceBox]:
    """Faces from the side; the cascade knows one side, so the mirrored picture is searched too."""
    name, neighbours = _PROFILE
    width = grey.shape[1]
    mirrored = _detect(np.ascontiguousarray(grey[:, ::-1]), name, neighbours, search)
    found = _detect(grey, name, neighbours, search)
    return found + [(width - x - w, y, w, h) for x, y, w, h in mirrored]


def _cats(grey: Pixels, search: Search) -> list[FaceBox]:
    """Cats' faces on which both searches agree; where one finds none, the other can't matter."""
    first = _detect(grey, *_CATS[0], search)
    return _agreed([first, _detect(grey, *_CATS[1], search)]) if first else []


def _agreed(found: list[list[FaceBox]]) -> list[FaceBox]:
    """Finds of one search that at least one other search shares."""
    return [
        box
        for index, boxes in enumerate(found)
        for box in boxes
        if any(
            _overlap(box, b) > _SAME for j, other in enumerate(found) if j != index for b in other
        )
    ]


def _with_eyes(grey: Pixels, boxes: list[FaceBox]) -> list[FaceBox]:
    kept = []
    for x, y, w, h in boxes:
        upper = grey[y : y + round(h * 0.6), x : x + w]
        if (
            w >= 60
            and len(_cascade("eye").detectMultiScale(upper, 1.1, 5, minSize=(w // 8, w // 8))) >= 2
        ):
            kept.append((x, y, w, h))
    return kept


def _distinct(boxes: list[FaceBox]) -> list[FaceBox]:
    kept: list[FaceBox] = []
    for box in boxes:
        if all(_overlap(box, other) <= _SAME and not _inside(box, other) for other in kept):
            kept.append(box)
    return kept


def _inside(a: FaceBox, b: FaceBox) -> bool:
    centre = (a[0] + a[2] / 2, a[1] + a[3] / 2)
    return b[0] < centre[0] < b[0] + b[2] and b[1] < centre[1] < b[1] + b[3]


def _overlap(a: FaceBox, b: FaceBox) -> float:
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h)
