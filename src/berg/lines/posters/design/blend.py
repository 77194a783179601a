"""Laying type over pixels in eight bits, quickly."""

from dataclasses import dataclass

import cv2
import numpy as np

from berg.lines.posters.design.parts import Overlay, Rgba, RgbPixels, cut
from berg.media.type.safe import Box

_GAP = 24
"""Empty rows that are skipped between what is drawn."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of an overlay in which something is drawn, made ready to be laid over anything."""

    box: Box
    over: RgbPixels
    """Colour times opacity."""
    kept: RgbPixels
    """Share of 255 that is seen of what lies below."""


def bands_of(overlay: Overlay) -> tuple[Band, ...]:
    """The drawn rows of an overlay."""
    alpha = cv2.extractChannel(overlay.pixels, 3)
    drawn = np.flatnonzero(cv2.reduce(alpha, 1, cv2.REDUCE_MAX))
    if not len(drawn):
        return ()
    parts = np.split(drawn, np.flatnonzero(np.diff(drawn) > _GAP) + 1)
    return tuple(_band(overlay, int(part[0]), int(part[-1]) + 1) for part in parts)


def _band(overlay: Overlay, top: int, bottom: int) -> Band:
    rows = overlay.pixels[top:bottom]
    box = Box(left=overlay.left, top=overlay.top + top, width=rows.shape[1], height=bottom - top)
    weight = cv2.cvtColor(cv2.extractChannel(rows, 3), cv2.COLOR_GRAY2RGB)
    over = cv2.cvtColor(rows, cv2.COLOR_RGBA2RGB)
    # Into the same memory: fresh pages cost more than the arithmetic.
    cv2.multiply(over, weight, dst=over, scale=1 / 255)
    cv2.bitwise_not(weight, dst=weight)
    return Band(box, np.asarray(over, np.uint8), np.asarray(weight, np.uint8))


def lay(picture: RgbPixels, bands: tuple[Band, ...]) -> None:
    """Blend an overlay's bands into a picture, in place; what lies outside is cut off.

    Each value is right to within 1 of 255.
    """
    height, width = picture.shape[:2]
    page = Box(left=0, top=0, width=width, height=height)
    for band in bands:
        seen = cut(band.box, page)
        if seen is None:
            continue
        x, y = seen.left - band.box.left, seen.top - band.box.top
        rows, columns = slice(y, y + seen.height), slice(x, x + seen.width)
        onto = picture[seen.top : seen.bottom, seen.left : seen.right]
        if columns == slice(0, width):
            cv2.multiply(onto, band.kept[rows], dst=onto, scale=1 / 255)
            cv2.add(onto, band.over[rows], dst=onto)
        else:
            under = cv2.multiply(onto, band.kept[rows, columns], scale=1 / 255)
            onto[:] = cv2.add(under, band.over[rows, columns], dst=under)


def pixels_of(overlay: Overlay, box: Box) -> Rgba:
    """The part of an overlay inside a box of the poster, which must lie within it."""
    x, y = box.left - overlay.left, box.top - overlay.top
    return np.ascontiguousarray(overlay.pixels[y : y + box.height, x : x + box.width])


def plain(width: int, height: int, colour: tuple[int, int, int]) -> RgbPixels:
    """A picture of one colour."""
    made = np.empty((height, width, 3), np.uint8)
    made[0] = colour
    made[1:] = made[0]  # rows are copied 25 times as fast as a colour is repeated
    return made
