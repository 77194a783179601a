"""The bleed: what lies beyond the trim, so that no white shows where paper is cut a little off."""

import numpy as np

from berg.lines.posters.design.parts import RgbPixels
from berg.media.type.safe import Box


def bled(under: RgbPixels, whole: RgbPixels, trim: Box) -> RgbPixels:
    """`under`, with what the layer draws at the trim's edges carried on into the bleed.

    `under` is the canvas without type and panels, `whole` with them. Where they differ along the
    trim's edge, a shape of the layer reaches the edge, and its last row or column is repeated.
    """
    made = under.copy()
    rows, columns = slice(trim.top, trim.bottom), slice(trim.left, trim.right)
    last_row, last_column = trim.bottom - 1, trim.right - 1
    for edge, beyond in ((trim.top, slice(0, trim.top)), (last_row, slice(trim.bottom, None))):
        drawn = (whole[edge, columns] != under[edge, columns]).any(axis=-1)
        made[beyond, columns][:, drawn] = whole[edge, columns][drawn]
    for edge, beyond in (
        (trim.left, slice(0, trim.left)),
        (last_column, slice(trim.right, None)),
    ):
        drawn = (whole[rows, edge] != under[rows, edge]).any(axis=-1)
        made[rows, beyond][drawn] = whole[rows, edge][drawn][:, None]
    _corners(made, whole, under, trim)
    return made


def _corners(made: RgbPixels, whole: RgbPixels, under: RgbPixels, trim: Box) -> None:
    for row, above in ((trim.top, slice(0, trim.top)), (trim.bottom - 1, slice(trim.bottom, None))):
        for column, beside in (
            (trim.left, slice(0, trim.left)),
            (trim.right - 1, slice(trim.right, None)),
        ):
            if np.any(whole[row, column] != under[row, column]):
                made[above, beside] = whole[row, column]
