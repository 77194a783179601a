"""A picture shown whole over a blurred, darkened copy of itself: planes of video.

The geometry and the shadow are shared with photographs (`berg.media.image.backdrop`).
"""

import cv2
import numpy as np

from berg.media.image.backdrop import InsetPlacement, place_inset, shade
from berg.media.video.frame_graph import Plane, PlaneTriple

_BLACK, _GREY = 16, 128


class Backdrop:
    """Sets pictures of one size on a ground made of each of them."""

    def __init__(self, inner: tuple[int, int], size: tuple[int, int]) -> None:
        """`inner`: size of what is shown whole; `size`: of the result (even)."""
        self._place: InsetPlacement = place_inset(inner, size)
        self._shade = shade(self._place)
        self.inset = self._place.inset
        """Size (even) in which the picture has to come."""

    def __call__(self, planes: PlaneTriple) -> PlaneTriple:
        """The result's planes: new arrays."""
        place = self._place
        y, u, v = (
            self._ground(p, zero, n)
            for p, zero, n in zip(planes, (_BLACK, _GREY, _GREY), (1, 2, 2), strict=True)
        )
        for ground, plane, n in ((y, planes[0], 1), (u, planes[1], 2), (v, planes[2], 2)):
            top, left = place.top // n, place.left // n
            ground[top : top + plane.shape[0], left : left + plane.shape[1]] = plane
        return y, u, v

    def _ground(self, plane: Plane, zero: int, step: int) -> Plane:
        place = self._place
        small = place.soften(np.ascontiguousarray(plane))
        dark = (small - zero) * self._shade + zero
        width, height = place.size[0] // step, place.size[1] // step
        large = cv2.resize(dark, (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(cv2.convertScaleAbs(large), np.uint8)
