"""Laying type over pixels in eight bits, quickly."""

import cv2
import numpy as np

from berg.media.poster.parts import Overlay, Rgb, cut
from berg.media.type.safe import Box


def lay(picture: Rgb, overlay: Overlay) -> None:
    """Blend an overlay into a picture, in place; what lies outside is cut off.

    Each value is right to within 1 of 255.
    """
    height, width = picture.shape[:2]
    seen = cut(overlay.box, Box(left=0, top=0, width=width, height=height))
    if seen is None:
        return
    part = pixels_of(overlay, seen)
    onto = picture[seen.top : seen.bottom, seen.left : seen.right]
    colour, alpha = cv2.cvtColor(part, cv2.COLOR_RGBA2RGB), np.ascontiguousarray(part[..., 3])
    weight = cv2.merge([alpha] * 3)
    over = cv2.multiply(colour, weight, scale=1 / 255)
    under = cv2.multiply(onto, cv2.bitwise_not(weight), scale=1 / 255)
    onto[:] = cv2.add(under, over)


def pixels_of(overlay: Overlay, box: Box) -> Rgb:
    """The part of an overlay inside a box of the poster, which must lie within it."""
    x, y = box.left - overlay.left, box.top - overlay.top
    return np.ascontiguousarray(overlay.pixels[y : y + box.height, x : x + box.width])


def plain(width: int, height: int, colour: tuple[int, int, int]) -> Rgb:
    """A picture of one colour."""
    made = np.empty((height, width, 3), np.uint8)
    made[:] = colour
    return made
