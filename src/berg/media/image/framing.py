"""Which part of a picture to show in a given shape: pure geometry over a subject.

The largest crop of the output's shape is slid over the picture; the best place keeps most of the
subject and all faces, and sets them well. If even that loses too much, or would have to be
enlarged beyond what looks good, a wider crop is shown whole over a blurred copy of itself.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from berg.media.image.subject import Subject

CropBox = tuple[int, int, int, int]
"""Left, top, width, height in the picture's pixels."""

MAX_ENLARGEMENT = 4.3
"""Most by which a crop that fills the picture is enlarged. Judged by eye on 512x512 and 600x400:
faces stay crisp at 4.2, texture is visibly soft at 5.4."""
MAX_INSET_ENLARGEMENT = 3.2
"""The same for a crop shown whole: beside a blurred ground, softness would look like a fault."""
_KEEP = 0.6
"""Share of the subject's weight that a crop has to keep where there are no faces to go by."""
_NEARLY_ALL = 0.72
"""An inset that would cover this much of the output may as well fill it: at worst it is enlarged
1.4 times more, which looks better than slivers of blur at the edges."""
_KEEP_INSET = 0.92
"""The same of a crop that is shown whole: it need not give up as much."""
_FACE_MARGIN = 0.35
"""Room around a face, in its own size: hair, chin, and the gentle motion of the window."""
_EYE_LINE = 0.38
"""Where faces stand best: this share of the height from the top."""
_PLACES = 49
"""Places along each axis that are tried."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What to show, and how."""

    crop: CropBox
    backdrop: bool
    """Whether the crop stands whole over a blurred copy of itself."""
    focus: tuple[float, float]
    """The subject's centre, in shares of the crop's width and height."""


def frame_subject(
    subject: Subject, *, picture: tuple[int, int], output: tuple[int, int]
) -> Framing:
    """The best framing of a picture (width, height) for an output (width, height)."""
    aspect = output[0] / output[1]
    crop, kept, whole = _best(subject, picture, aspect)
    enlarged = output[0] / crop[2]
    enough = 0.0 if subject.faces else _KEEP
    if kept >= enough and whole and enlarged <= MAX_ENLARGEMENT:
        return Framing(crop, False, _focus(subject, picture, crop))
    inset = _gentler(subject, picture, output)
    if kept >= enough and whole and _covers(inset, output) >= _NEARLY_ALL:
        return Framing(crop, False, _focus(subject, picture, crop))
    return Framing(inset, True, _focus(subject, picture, inset))


def fill(subject: Subject, *, picture: tuple[int, int], output: tuple[int, int]) -> Framing:
    """The best crop of the output's shape, however much it cuts off or must be enlarged."""
    crop, _, _ = _best(subject, picture, output[0] / output[1])
    return Framing(crop, False, _focus(subject, picture, crop))


def _gentler(subject: Subject, picture: tuple[int, int], output: tuple[int, int]) -> CropBox:
    """The crop nearest to the output's shape that keeps the subject and is sharp enough."""
    for aspect in _between(output[0] / output[1], picture[0] / picture[1]):
        crop, kept, whole = _best(subject, picture, aspect)
        scale = min(output[0] / crop[2], output[1] / crop[3])
        if (kept >= _KEEP_INSET or subject.faces) and whole and scale <= MAX_INSET_ENLARGEMENT:
            return crop
    return (0, 0, *picture)


def _covers(inset: CropBox, output: tuple[int, int]) -> float:
    """Share of the output that a box covers when shown whole."""
    ratio = inset[2] / inset[3] / (output[0] / output[1])
    return min(ratio, 1 / ratio)


def _between(aspect: float, full: float) -> list[float]:
    """Shapes on the way from the output's to the picture's own."""
    return [aspect * (full / aspect) ** (step / 8) for step in range(1, 8)]


def _best(subject: Subject, picture: tuple[int, int], aspect: float) -> tuple[CropBox, float, bool]:
    """The best crop of a shape, the share of the subject in it, and whether all faces are."""
    width, height = picture
    w, h = min(width, round(height * aspect)), min(height, round(width / aspect))
    w, h = max(1, w), max(1, h)
    lefts = sorted({round(step * (width - w) / (_PLACES - 1)) for step in range(_PLACES)})
    tops = sorted({round(step * (height - h) / (_PLACES - 1)) for step in range(_PLACES)})
    sums = _summed(subject)
    boxes = [(left, top, w, h) for left, top in product(lefts, tops)]
    scored = [(_score(subject, sums, picture, box), box) for box in boxes]
    _, best = max(scored, key=lambda pair: (pair[0], pair[1]))
    return best, _inside(sums, picture, best), _holds_faces(subject, picture, best)


def _score(subject: Subject, sums: np.ndarray, picture: tuple[int, int], box: CropBox) -> float:
    score = _inside(sums, picture, box)
    focus = _focus(subject, picture, box)
    if subject.faces:
        score += 2.0 * _face_share(subject, picture, box)
        return score - 0.6 * abs(focus[0] - 0.5) - 0.9 * abs(focus[1] - _EYE_LINE)
    return score - 0.5 * abs(focus[0] - 0.5) - 0.4 * abs(focus[1] - 0.5)


def _summed(subject: Subject) -> np.ndarray:
    """Running sums over rows and columns, so that any box is four look-ups."""
    rows, columns = subject.weights.shape
    sums = np.zeros((rows + 1, columns + 1))
    sums[1:, 1:] = subject.weights.cumsum(axis=0).cumsum(axis=1)
    return sums


def _inside(sums: np.ndarray, picture: tuple[int, int], box: CropBox) -> float:
    rows, columns = sums.shape[0] - 1, sums.shape[1] - 1
    left, right = (round(v / picture[0] * columns) for v in (box[0], box[0] + box[2]))
    top, bottom = (round(v / picture[1] * rows) for v in (box[1], box[1] + box[3]))
    return float(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def _roomy(subject: Subject) -> list[tuple[float, float, float, float, float]]:
    """Faces with room around them (left, top, right, bottom in shares), and their area.

    Faces much smaller than the largest are bystanders: they may be cut.
    """
    largest = max((face.area for face in subject.faces), default=0.0)
    found = []
    for face in subject.faces:
        if face.area * 6 >= largest:
            x, y = face.width * _FACE_MARGIN, face.height * _FACE_MARGIN
            edges = (
                face.left - x,
                face.top - y,
                face.left + face.width + x,
                face.top + face.height + y,
            )
            found.append((*(min(1.0, max(0.0, edge)) for edge in edges), face.area))
    return found  # type: ignore[return-value]


def _face_share(subject: Subject, picture: tuple[int, int], box: CropBox) -> float:
    """Share of the faces' area, with room, that a box holds."""
    left, right = box[0] / picture[0], (box[0] + box[2]) / picture[0]
    top, bottom = box[1] / picture[1], (box[1] + box[3]) / picture[1]
    held = total = 0.0
    for x0, y0, x1, y1, area in _roomy(subject):
        seen = max(0.0, min(right, x1) - max(left, x0)) * max(0.0, min(bottom, y1) - max(top, y0))
        held += area * seen / max(1e-9, (x1 - x0) * (y1 - y0))
        total += area
    return held / total if total else 1.0


def _holds_faces(subject: Subject, picture: tuple[int, int], box: CropBox) -> bool:
    return _face_share(subject, picture, box) > 0.97


def _focus(subject: Subject, picture: tuple[int, int], box: CropBox) -> tuple[float, float]:
    """Centre of the faces, or of the weight that a box holds, in shares of the box."""
    faces = _roomy(subject)
    if faces:
        area = sum(face[4] for face in faces)
        x = sum((f[0] + f[2]) / 2 * f[4] for f in faces) / area
        y = sum((f[1] + f[3]) / 2 * f[4] for f in faces) / area
    else:
        x, y = _centre_of(subject, picture, box)
    across, down = (x * picture[0] - box[0]) / box[2], (y * picture[1] - box[1]) / box[3]
    return min(1.0, max(0.0, across)), min(1.0, max(0.0, down))


def _centre_of(subject: Subject, picture: tuple[int, int], box: CropBox) -> tuple[float, float]:
    rows, columns = subject.weights.shape
    x0, x1 = int(box[0] / picture[0] * columns), -int(-(box[0] + box[2]) / picture[0] * columns)
    y0, y1 = int(box[1] / picture[1] * rows), -int(-(box[1] + box[3]) / picture[1] * rows)
    part = subject.weights[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
    total = part.sum()
    if total <= 0:
        return (box[0] + box[2] / 2) / picture[0], (box[1] + box[3] / 2) / picture[1]
    x = (part.sum(axis=0) @ (np.arange(part.shape[1]) + x0 + 0.5)) / total / columns
    y = (part.sum(axis=1) @ (np.arange(part.shape[0]) + y0 + 0.5)) / total / rows
    return float(x), float(y)
