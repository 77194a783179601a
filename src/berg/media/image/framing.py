"""Which part of a picture to show in a given shape: pure geometry over a subject.

The largest crop of the output's shape is slid over the picture; the best place keeps most of the
subject and all faces, and sets them well. A still keeps more than that along its longer way, a
strip, over which a window pans from one end of what matters to the other. Only where faces would
be cut, or a picture is so small that it would be a blur, a wider crop is shown whole over a blurred
copy of itself: a filled frame is worth some softness.
"""

from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from berg.media.image.subject import Subject

CropBox = tuple[int, int, int, int]
"""Left, top, width, height in the picture's pixels."""

MAX_ENLARGEMENT = 8.0
"""Most by which a crop that fills the frame is enlarged: soft, but a frame with bars looks worse.
Judged by eye on 512x512, 600x400 and 200x200: crisp at 4.2, soft at 5.4, a blur from 9 on."""
MAX_INSET_ENLARGEMENT = 3.2
"""The same for a crop shown whole: beside a blurred ground, softness would look like a fault."""
_KEEP_INSET = 0.92
"""Share of the subject's weight that a crop shown whole has to keep, where there are no faces."""
_NEARLY_ALL = 0.72
"""An inset that would cover this much of the output may as well fill it."""
PAN = 1.8
"""Longest strip, in lengths of the window that looks at it."""
PANNED = 1.25
"""Shortest strip, in the same, that is panned over; a shorter one has no way to go."""
_MOST = (0.12, 0.88)
"""Shares of the subject's weight before its span begins and ends."""
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
    span: tuple[float, float] | None = None
    """Of a strip: from where to where along its longer way the subject reaches, in shares of it."""


def frame_subject(
    subject: Subject, *, picture: tuple[int, int], output: tuple[int, int]
) -> Framing:
    """The best framing of a picture (width, height) for an output (width, height)."""
    crop, _, whole = _best(subject, picture, output[0] / output[1])
    if output[0] / crop[2] <= MAX_ENLARGEMENT:
        inset = None if whole else _gentler(subject, picture, output)
        if inset is None or _covers(inset, output) >= _NEARLY_ALL:
            return Framing(crop, False, _focus(subject, picture, crop))
    inset = _gentler(subject, picture, output)
    return Framing(inset, True, _focus(subject, picture, inset))


def frame_strip(subject: Subject, *, picture: tuple[int, int], output: tuple[int, int]) -> Framing:
    """As `frame_subject`, with more along the longer way for a window that pans.

    A group of faces wider than the window is panned over, if a strip can hold it.
    """
    window, _, whole = _best(subject, picture, output[0] / output[1])
    axis = 0 if window[1] == 0 and window[3] == picture[1] else 1
    length = window[2 + axis]
    strip = _strip_round(subject, window, picture, axis)
    is_panned = strip[2 + axis] >= PANNED * length
    if output[0] / window[2] > MAX_ENLARGEMENT:
        return frame_subject(subject, picture=picture, output=output)
    if not whole and not (is_panned and _holds_faces(subject, picture, strip)):
        return frame_subject(subject, picture=picture, output=output)
    if not is_panned:
        return Framing(window, False, _focus(subject, picture, window))
    span = _span(subject, picture, strip, axis)
    focus = _focus(subject, picture, window)
    centre = (window[axis] + focus[axis] * length - strip[axis]) / strip[2 + axis]
    placed = (centre, focus[1]) if axis == 0 else (focus[0], centre)
    return replace(Framing(strip, False, placed), span=span)


def _strip_round(subject: Subject, window: CropBox, picture: tuple[int, int], axis: int) -> CropBox:
    """The part of the picture that is `PAN` windows long, round the subject, the window in it."""
    full, length = picture[axis], window[2 + axis]
    long = min(full, round(PAN * length))
    whole = (0, 0, *picture)
    low, high = (share * full for share in _span(subject, picture, whole, axis))
    begin = round((low + high - long) / 2)
    begin = min(max(begin, window[axis] + length - long), window[axis])
    begin = min(max(begin, 0), full - long)
    if axis == 0:
        return (begin, window[1], long, window[3])
    return (window[0], begin, window[2], long)


def _span(
    subject: Subject, picture: tuple[int, int], box: CropBox, axis: int
) -> tuple[float, float]:
    """From where to where the faces, or most of the weight, reach along a box, in shares of it."""
    begin, length, full = box[axis], box[2 + axis], picture[axis]
    faces = _roomy(subject)
    if faces:
        ends = (min(f[axis] for f in faces) * full, max(f[2 + axis] for f in faces) * full)
    else:
        along = subject.weights.sum(axis=axis)
        low, high = int(begin / full * len(along)), -int(-(begin + length) / full * len(along))
        part = along[low : max(high, low + 1)].cumsum()
        cells = np.searchsorted(part, np.array(_MOST) * max(part[-1], 1e-12)) + 0.5
        ends = tuple((low + cells) / len(along) * full)
    low_share, high_share = ((end - begin) / length for end in ends)
    return min(1.0, max(0.0, low_share)), min(1.0, max(0.0, high_share))


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
