"""A photograph made ready for the screen: cropped round its subject, enlarged well, or inset."""

from dataclasses import dataclass

import cv2
import numpy as np

from berg.media.image.backdrop import place_inset, shade
from berg.media.image.framing import CropBox, Framing, frame_strip
from berg.media.image.photo import Pixels
from berg.media.image.subject import Subject, find_subject


@dataclass(frozen=True, slots=True)
class PreparedStill:
    """Pixels of the wanted size, and where their subject is."""

    pixels: Pixels
    focus: tuple[float, float]
    """Where the subject is, in shares of width and height."""
    span: tuple[float, float] | None = None
    """Where a longer picture than asked for is panned: from where to where its subject reaches."""
    inset: bool = False
    """Whether it is shown whole over a blurred ground, and must not move."""
    faces: tuple[float, float] | None = None
    """From where to where faces reach, in shares of the height; None: there are none."""


def prepare(picture: Pixels, *, size: tuple[int, int]) -> PreparedStill:
    """A picture framed for `size` (width, height), or longer one way, to be panned over.

    The same picture gives the same bytes.
    """
    cv2.setNumThreads(1)
    height, width = picture.shape[:2]
    subject = find_subject(picture)
    framing = frame_strip(subject, picture=(width, height), output=size)
    crop = _cut(picture, framing.crop)
    if framing.backdrop:
        return _inset(crop, size, framing.focus)
    return PreparedStill(
        resized(crop, _longer(framing, size)),
        framing.focus,
        framing.span,
        faces=_faces_in(subject, framing.crop, height),
    )


def _faces_in(subject: Subject, crop: CropBox, height: int) -> tuple[float, float] | None:
    """From the top of the highest face to the foot of the lowest, in shares of the crop."""
    if not subject.faces:
        return None
    top = min(face.top for face in subject.faces) * height
    foot = max(face.top + face.height for face in subject.faces) * height
    ends = ((end - crop[1]) / crop[3] for end in (top, foot))
    low, high = (min(1.0, max(0.0, end)) for end in ends)
    return low, high


def _longer(framing: Framing, size: tuple[int, int]) -> tuple[int, int]:
    """The size, or what of the framing's strip is that wide or high; even."""
    _, _, width, height = framing.crop
    if framing.span is None:
        return size
    if width * size[1] > height * size[0]:
        return 2 * round(size[1] * width / height / 2), size[1]
    return size[0], 2 * round(size[0] * height / width / 2)


def _cut(picture: Pixels, box: CropBox) -> Pixels:
    left, top, width, height = box
    return np.ascontiguousarray(picture[top : top + height, left : left + width])


def _inset(crop: Pixels, size: tuple[int, int], focus: tuple[float, float]) -> PreparedStill:
    place = place_inset((crop.shape[1], crop.shape[0]), size)
    ground = place.soften(crop) * shade(place)[..., None]
    made = cv2.resize(ground, size, interpolation=cv2.INTER_CUBIC)
    # Fixed noise in place of rounding: eight bits of a dark, smooth ground would show as bands.
    noise = np.random.default_rng(0).random((*made.shape[:2], 1), np.float32)
    pixels = np.clip(made + noise, 0, 255).astype(np.uint8)
    top, left, (width, height) = place.top, place.left, place.inset
    pixels[top : top + height, left : left + width] = resized(crop, place.inset)
    x = (left + focus[0] * width) / size[0]
    y = (top + focus[1] * height) / size[1]
    return PreparedStill(pixels, (x, y), inset=True)


def resized(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture in another size: averaged down, or enlarged and given back some of its edges."""
    scale = size[0] / picture.shape[1]
    if scale <= 1:
        return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    large = cv2.resize(picture, size, interpolation=cv2.INTER_LANCZOS4).astype(np.float32)
    sigma = 0.5 * scale
    amount = min(0.6, 0.35 * (scale - 1))
    detail = large - cv2.GaussianBlur(large, (0, 0), sigma)
    # Strong edges have their contrast already; sharpening them more gives halos.
    sharp = large + amount * np.clip(detail, -14, 14)
    return np.asarray(np.clip(np.rint(sharp), 0, 255), np.uint8)
