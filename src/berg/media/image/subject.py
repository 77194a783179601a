"""What a picture is about: a map of how much each part of it matters, and its faces.

Salience is contrast of three kinds (spectral residual, centre against surround, colour against
the picture's mean), weighted towards the middle. No trained model; faces come from `faces`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.image.faces import CLOSELY, Face, Search, find_faces
from berg.media.image.photo import Pixels

PixelWeights: TypeAlias = npt.NDArray[np.float64]
"""(height, width), not negative, adding up to 1."""

_GLANCE = replace(CLOSELY, look_at=320)
"""For each of many pictures of one clip."""
_GRID = 96
"""Cells along the longer side."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What must be seen."""

    weights: PixelWeights
    faces: tuple[Face, ...]


def find_subject(picture: Pixels, search: Search = CLOSELY) -> Subject:
    """The subject of one picture."""
    return Subject(_salience(picture), find_faces(picture, search))


def subject_at_a_glance(picture: Pixels) -> Subject:
    """As `find_subject`, for one of many pictures: small faces are not looked for."""
    return Subject(_salience(picture), find_faces(picture, _GLANCE))


def subject_over_time(pictures: Sequence[Pixels]) -> Subject:
    """The subject of several pictures of one shot: what matters in most of them.

    Weights are averaged with what moves counting double; a face counts if it, or another in
    its place, is seen in at least a fifth of the pictures.
    """
    found = [subject_at_a_glance(picture) for picture in pictures]
    weights = np.mean([subject.weights for subject in found], axis=0)
    weights = weights + _motion(pictures, weights.shape)
    needed = max(1, round(len(found) / 5))
    faces = [
        face
        for subject in found
        for face in subject.faces
        if sum(any(_near(face, other) for other in s.faces) for s in found) >= needed
    ]
    return Subject(weights / weights.sum(), tuple(faces))


def _near(a: Face, b: Face) -> bool:
    across = abs(a.left + a.width / 2 - b.left - b.width / 2)
    down = abs(a.top + a.height / 2 - b.top - b.height / 2)
    return across < max(a.width, b.width) and down < max(a.height, b.height)


def _salience(picture: Pixels) -> PixelWeights:
    cv2.setNumThreads(1)
    height, width = picture.shape[:2]
    scale = _GRID / max(height, width)
    cells = (max(4, round(width * scale)), max(4, round(height * scale)))
    fine = (cells[0] * 4, cells[1] * 4)
    small = np.asarray(cv2.resize(picture, fine, interpolation=cv2.INTER_AREA), np.uint8)
    maps = [_residual(small), _fine_grained(small), _colour_contrast(small)]
    mixed = cv2.GaussianBlur(sum((_even(m) for m in maps[1:]), _even(maps[0])), (0, 0), 8.0)
    mixed = cv2.resize(mixed, cells, interpolation=cv2.INTER_AREA)
    # What is ordinary counts nothing; what stands out, by its square.
    above = np.clip(mixed - np.percentile(mixed, 40), 0, None) ** 2 * _centre(cells)
    total = above.sum()
    even = np.full_like(above, 1 / above.size)
    return np.asarray(above / total) if total > 0 else np.asarray(even)


def _residual(small: Pixels) -> PixelWeights:
    return _computed(cv2.saliency.StaticSaliencySpectralResidual, small)


def _fine_grained(small: Pixels) -> PixelWeights:
    return _computed(cv2.saliency.StaticSaliencyFineGrained, small)


def _computed(kind: Any, small: Pixels) -> PixelWeights:
    _, found = kind.create().computeSaliency(small)
    return np.asarray(found, np.float64)


def _colour_contrast(small: Pixels) -> PixelWeights:
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float64)
    return np.asarray(np.linalg.norm(lab - lab.mean(axis=(0, 1)), axis=-1))


def _even(values: PixelWeights) -> PixelWeights:
    top = float(np.percentile(values, 99))
    return np.clip(values / top, 0, 1) if top > 0 else np.zeros_like(values)


def _centre(cells: tuple[int, int]) -> PixelWeights:
    x = np.linspace(-1, 1, cells[0])[None, :]
    y = np.linspace(-1, 1, cells[1])[:, None]
    return np.asarray(np.exp(-(x**2 + y**2) / 1.2))


def _motion(pictures: Sequence[Pixels], shape: tuple[int, ...]) -> PixelWeights:
    """Where the pictures differ from their median, as weights adding up to 1 (or all 0)."""
    cells = (shape[1], shape[0])
    greys = [
        cv2.resize(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY), cells, interpolation=cv2.INTER_AREA)
        for p in pictures
    ]
    stack = np.asarray(greys, np.float64)
    moved = np.clip(np.abs(stack - np.median(stack, axis=0)).mean(axis=0) - 4, 0, None)
    total = moved.sum()
    return np.asarray(moved / total) if total > 0 else np.zeros(shape)
