"""Where a picture stands that is shown whole, and the soft dark ground behind it.

Works on arrays of any number of channels; photographs and video share it.
"""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from berg.media.arrays import Reals

PixelSize: TypeAlias = tuple[int, int]
"""Width, height."""

_COARSE = 96
"""Pixels of the ground's longer side while it is blurred: it holds no detail anyway."""
_BLUR = 4.0
"""Standard deviation of the blur, in coarse pixels."""
_GROUND = 0.52
"""Brightness of the ground against the picture: what stands before it stays the subject."""
_CAPTIONS = (0.57, 0.76)
"""Where captions stand, in shares of the height: an inset ends above them, or below."""
_HEAD = 0.07
"""Least room above an inset that ends above the captions, in shares of the height."""
_SHADOW = 0.45
"""How dark the inset's shadow is at its edge."""
_SHADOW_REACH = 3.2
"""Standard deviation of the shadow, in coarse pixels."""


@dataclass(frozen=True, slots=True)
class InsetPlacement:
    """An inset on a ground. All of it even, so that chroma planes agree."""

    size: PixelSize
    inset: PixelSize
    left: int
    top: int
    coarse: PixelSize
    """Size in which the ground is made."""

    def soften(self, picture: npt.NDArray[np.uint8]) -> Reals:
        """The picture filling the ground, cut in the middle and blurred, at coarse size."""
        height, width = picture.shape[:2]
        target = self.size[0] / self.size[1]
        actual = self.inset[0] / self.inset[1]
        w = width if actual <= target else max(1, round(width * target / actual))
        h = height if actual >= target else max(1, round(height * actual / target))
        left, top = (width - w) // 2, (height - h) // 2
        cut = np.ascontiguousarray(picture[top : top + h, left : left + w])
        small = cv2.resize(cut, self.coarse, interpolation=cv2.INTER_AREA).astype(np.float32)
        blurred = cv2.GaussianBlur(small, (0, 0), _BLUR, borderType=cv2.BORDER_REFLECT)
        return np.asarray(blurred, np.float32)


def place_inset(inner: PixelSize, size: PixelSize) -> InsetPlacement:
    """The largest place for a picture of size `inner` that shows it whole within `size`."""
    scale = min(size[0] / inner[0], size[1] / inner[1])
    width = min(size[0], max(2, 2 * round(inner[0] * scale / 2)))
    height = min(size[1], max(2, 2 * round(inner[1] * scale / 2)))
    left = 2 * ((size[0] - width) // 4)
    top = 2 * round(_top_of(height / size[1]) * size[1] / 2)
    ratio = _COARSE / max(size)
    coarse = (max(8, round(size[0] * ratio)), max(8, round(size[1] * ratio)))
    return InsetPlacement(size, (width, height), left, top, coarse)


def _top_of(share: float) -> float:
    """Where an inset that high begins, both in shares of the height: no caption over its edge."""
    above, below = _CAPTIONS
    if _HEAD + share <= above:
        return (_HEAD + above - share) / 2 if share < 0.4 else above - share
    return max(0.0, min(1 - share, max(below - share, (1 - share) / 2)))


def shade(place: InsetPlacement) -> Reals:
    """Factors, at coarse size, by which the ground is darkened: evenly, and more near the inset."""
    fine = 4
    width, height = place.coarse[0] * fine, place.coarse[1] * fine
    sx, sy = width / place.size[0], height / place.size[1]
    mask = np.zeros((height, width), np.float32)
    x, y = round(place.left * sx), round(place.top * sy)
    mask[y : y + round(place.inset[1] * sy), x : x + round(place.inset[0] * sx)] = 1
    soft = cv2.GaussianBlur(mask, (0, 0), _SHADOW_REACH * fine, borderType=cv2.BORDER_REPLICATE)
    small = cv2.resize(soft, place.coarse, interpolation=cv2.INTER_AREA)
    factors: Reals = (_GROUND * (1 - _SHADOW * np.minimum(1, 2 * small))).astype(np.float32)
    return factors
