"""Scrims: the picture softly darkened or lightened where type stands, no more than it must be.

A scrim is one colour, a strength, and two profiles: how much of it there is in each row and in
each column. So a gradient from an edge, a band, a corner and an even veil are all the same thing.
A dark one multiplies and a light one screens: laid on as paint, either would lie like fog on
what is dark (or light) already.
Not here: how strong it has to be (`mend`).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from berg.lines.posters.design.parts import RgbPixels
from berg.media.type.colour import rgb
from berg.media.type.safe import Box

ScrimProfile = npt.NDArray[np.float32]

FULL = 256
_ROWS = 64
"""Rows worked on at once: what fits a core's own cache."""
_TALL, _WIDE = 0.62, 0.55
"""Shares of the picture from which type counts as filling its height, and its width."""
_COLUMN = 0.3
"""Share of the picture's height from which narrow type is a column."""
_FADE = 0.34
"""Share of the shorter side over which a gradient fades out beyond its type, at most."""
_ACROSS = 0.3
"""Share of the width over which a column's gradient fades out."""
_SOFT = 0.16
"""The same at least."""
_NEAR = 0.14
"""Share of the shorter side within which an edge is near: a scrim then runs on to it."""


@dataclass(frozen=True, slots=True)
class Scrim:
    """One soft layer of colour over a part of the poster."""

    box: Box
    """The panel it is cut to."""
    rows: ScrimProfile
    """0 to 1, for each row of the box."""
    columns: ScrimProfile
    tint: str
    """`#RRGGBB`."""
    light: bool
    """Whether it lightens (for dark type) rather than darkens."""
    strength: float = 1.0

    @property
    def depth(self) -> ScrimProfile:
        """What it takes at full strength from each channel (of a light one: from its darkness)."""
        tint = np.array(rgb(self.tint), np.float32) / 255
        return np.asarray(tint if self.light else 1 - tint, np.float32)

    def seen_through(self, pixels: npt.NDArray[Any], share: ScrimProfile) -> ScrimProfile:
        """(n, 3) pixels under (n,) shares of it: what `apply` does, unrounded."""
        kept = 1 - share[:, None] * self.depth
        made = 255 - (255 - pixels) * kept if self.light else pixels * kept
        return np.asarray(made, np.float32)

    def share_at(self, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> ScrimProfile:
        """How much of it there is, 0 to 1 at full strength, at places of the poster."""
        y, x = rows - self.box.top, columns - self.box.left
        inside = (y >= 0) & (y < self.box.height) & (x >= 0) & (x < self.box.width)
        last = (self.box.height - 1, self.box.width - 1)
        share = self.rows[np.clip(y, 0, last[0])] * self.columns[np.clip(x, 0, last[1])]
        return np.where(inside, share, np.float32(0)).astype(np.float32)


def shaped(under: Box, panel: Box, *, tint: str, light: bool) -> Scrim:
    """A scrim for type in a box of a panel: a gradient, a column, a band, or a soft spot."""
    short = min(panel.width, panel.height)
    wide, tall = under.width / panel.width, under.height / panel.height
    near, fade = round(_NEAR * short), round(_FADE * short)
    rows, columns = np.ones(panel.height, np.float32), np.ones(panel.width, np.float32)
    down = (under.top - panel.top, under.bottom - panel.top)
    across = (under.left - panel.left, under.right - panel.left)
    if tall >= _TALL and wide >= _WIDE:
        return Scrim(panel, rows, columns, tint, light)
    at_edge = down[0] <= near or panel.height - down[1] <= near
    column = tall >= _COLUMN and wide < _WIDE
    if not column and (wide >= _WIDE or at_edge):
        # Across the whole width, even for a name in a corner: a spot there would look like dirt.
        fade = max(round(_SOFT * short), min(fade, round(1.2 * under.height)))
        return Scrim(panel, _profile(panel.height, *down, fade, near), columns, tint, light)
    if column:
        fade = max(fade, round(_ACROSS * panel.width))
        return Scrim(panel, rows, _profile(panel.width, *across, fade, near), tint, light)
    soft = round(max(1.4 * under.height, _SOFT * short))
    rows = _profile(panel.height, *down, soft, near)
    return Scrim(panel, rows, _profile(panel.width, *across, soft, near), tint, light)


def apply(picture: RgbPixels, scrim: Scrim) -> None:
    """Lay a scrim over a picture, in place; dithered, so that dark skies show no bands."""
    rows, columns = np.flatnonzero(scrim.rows > 0.004), np.flatnonzero(scrim.columns > 0.004)
    if not len(rows) or not len(columns) or scrim.strength <= 0:
        return
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    y, x = scrim.box.top, scrim.box.left
    part = picture[y + top : y + bottom, x + left : x + right]
    across = scrim.columns[left:right]
    if bool((across == 1).all()):
        across = np.ones(1, np.float32)
    planes = cv2.split(cv2.bitwise_not(part) if scrim.light else part)
    for plane, depth in zip(planes, scrim.depth, strict=True):
        _dim(np.asarray(plane, np.uint8), scrim.rows[top:bottom] * (scrim.strength * depth), across)
    made = cv2.merge(planes)
    part[:] = cv2.bitwise_not(made) if scrim.light else made


def _dim(plane: npt.NDArray[np.uint8], down: ScrimProfile, across: ScrimProfile) -> None:
    """Take shares from one channel, in place."""
    even = bool((down == down[0]).all())
    kept = _kept(down[:1], across) if even else None
    for at in range(0, len(plane), _ROWS):
        some = plane[at : at + _ROWS]
        mixed = some * (_kept(down[at : at + _ROWS], across) if kept is None else kept)
        mixed += _noise()[: len(some), : some.shape[1]]
        mixed >>= 8
        some[:] = mixed


def _kept(down: ScrimProfile, across: ScrimProfile) -> npt.NDArray[np.uint16]:
    """What is left of `FULL`, for each place of rows and columns."""
    taken = np.multiply.outer(down, across * np.float32(FULL))
    return np.asarray(FULL - np.rint(taken).astype(np.uint16), np.uint16)


@lru_cache(maxsize=1)
def _noise() -> npt.NDArray[np.uint16]:
    """What is added in place of a half: 0 to 255, the same on every machine."""
    made = np.random.default_rng(20261122).integers(0, 256, (_ROWS, 512), dtype=np.uint16)
    return np.tile(made, (1, 24))


def _profile(length: int, start: int, end: int, fade: int, near: int) -> ScrimProfile:
    """1 from `start` to `end`, fading softly to 0 on each side, or running on to a near edge."""
    at = np.arange(length, dtype=np.float32)
    rise = np.ones(length, np.float32) if start <= near else _eased((at - start + fade) / fade)
    fall = np.ones(length, np.float32)
    if length - end > near:
        fall = _eased((end + fade - at) / fade)
    return np.asarray(rise * fall, np.float32)


def _eased(share: npt.NDArray[np.floating]) -> ScrimProfile:
    """0 to 1 without a visible beginning or end (smootherstep, Perlin 2002)."""
    t = np.clip(share, 0, 1)
    return np.asarray(t * t * t * (t * (t * 6 - 15) + 10), np.float32)
