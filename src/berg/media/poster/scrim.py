"""Scrims: the picture softly darkened or lightened where type stands, no more than it must be.

A scrim is one colour, a strength, and two profiles: how much of it there is in each row and in
each column. So a gradient from an edge, a band, a corner and an even veil are all the same thing.
Not here: how strong it has to be (`mend`).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from berg.media.poster.parts import Rgb
from berg.media.type.colour import rgb
from berg.media.type.safe import Box

Profile = npt.NDArray[np.float32]

FULL = 256
_TALL, _WIDE = 0.62, 0.55
"""Shares of the picture from which type counts as filling its height, and its width."""
_FADE = 0.3
"""Share of the picture over which a gradient fades out beyond its type."""
_NEAR = 0.14
"""Share of the shorter side within which an edge is near: a scrim then runs on to it."""


@dataclass(frozen=True, slots=True)
class Scrim:
    """One soft layer of colour over a part of the poster."""

    box: Box
    """The panel it is cut to."""
    rows: Profile
    """0 to 1, for each row of the box."""
    columns: Profile
    tint: str
    """`#RRGGBB`."""
    strength: float = 1.0

    def share_at(self, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Profile:
        """How much of it there is, 0 to 1 at full strength, at places of the poster."""
        y, x = rows - self.box.top, columns - self.box.left
        inside = (y >= 0) & (y < self.box.height) & (x >= 0) & (x < self.box.width)
        last = (self.box.height - 1, self.box.width - 1)
        share = self.rows[np.clip(y, 0, last[0])] * self.columns[np.clip(x, 0, last[1])]
        return np.where(inside, share, np.float32(0)).astype(np.float32)


def shaped(under: Box, panel: Box, tint: str) -> Scrim:
    """A scrim for type in a box of a panel: a gradient, a column, a band, or a soft corner."""
    wide, tall = under.width / panel.width, under.height / panel.height
    above, below = under.top - panel.top, panel.bottom - under.bottom
    before, after = under.left - panel.left, panel.right - under.right
    every_row = np.ones(panel.height, np.float32)
    every_column = np.ones(panel.width, np.float32)
    fade = round(_FADE * min(panel.height, 1.5 * panel.width))
    if tall >= _TALL and wide >= _WIDE:
        return Scrim(panel, every_row, every_column, tint)
    near = round(_NEAR * min(panel.width, panel.height))
    if wide >= _WIDE or (wide > 0.3 and tall < 0.3 and panel.width <= panel.height):
        rows = _profile(panel.height, above, panel.height - below, fade, near)
        return Scrim(panel, rows, every_column, tint)
    if tall >= 0.3:
        fade = round(_FADE * min(panel.width, 1.5 * panel.height))
        columns = _profile(panel.width, before, panel.width - after, fade, near)
        return Scrim(panel, every_row, columns, tint)
    soft = round(max(1.6 * under.height, 0.16 * min(panel.width, panel.height)))
    rows = _profile(panel.height, above, panel.height - below, soft, near)
    columns = _profile(panel.width, before, panel.width - after, soft, near)
    return Scrim(panel, rows, columns, tint)


def apply(picture: Rgb, scrim: Scrim) -> None:
    """Lay a scrim over a picture, in place; dithered, so that dark skies show no bands."""
    rows, columns = np.flatnonzero(scrim.rows > 0.004), np.flatnonzero(scrim.columns > 0.004)
    if not len(rows) or not len(columns) or scrim.strength <= 0:
        return
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    y, x = scrim.box.top, scrim.box.left
    part = picture[y + top : y + bottom, x + left : x + right]
    tint = np.array(rgb(scrim.tint), np.uint16)
    even = bool((scrim.columns[left:right] == 1).all())
    across = np.ones(1, np.float32) if even else scrim.columns[left:right]
    for at in range(0, len(part), 64):  # what fits a core's own cache
        down = scrim.rows[top + at : min(top + at + 64, bottom)] * scrim.strength
        share = np.rint(np.multiply.outer(down, across) * FULL).astype(np.uint16)[..., None]
        rows64 = part[at : at + 64]
        mixed = rows64 * (FULL - share)
        mixed += tint * share
        mixed += _noise()[: len(rows64), : rows64.shape[1]]
        mixed >>= 8
        rows64[:] = mixed


@lru_cache(maxsize=1)
def _noise() -> npt.NDArray[np.uint16]:
    """What is added in place of a half: 0 to 255, the same on every machine."""
    made = np.random.default_rng(20261122).integers(0, 256, (64, 512, 1), dtype=np.uint16)
    return np.tile(made, (1, 20, 1))


def _profile(length: int, start: int, end: int, fade: int, near: int) -> Profile:
    """1 from `start` to `end`, fading softly to 0 on each side, or running on to a near edge."""
    at = np.arange(length, dtype=np.float32)
    rise = np.ones(length, np.float32) if start <= near else _eased((at - start + fade) / fade)
    fall = np.ones(length, np.float32)
    if length - end > near:
        fall = _eased((end + fade - at) / fade)
    return np.asarray(rise * fall, np.float32)


def _eased(share: npt.NDArray[np.floating]) -> Profile:
    """0 to 1 without a visible beginning or end (smootherstep, Perlin 2002)."""
    t = np.clip(share, 0, 1)
    return np.asarray(t * t * t * (t * (t * 6 - 15) + 10), np.float32)
