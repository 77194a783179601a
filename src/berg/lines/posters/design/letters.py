"""Where a text's letters are, and the pixels right around them.

Letters are found in the layer itself, by their ink: what else the layer draws (plates, rules,
shadows) counts as their ground. Worked out once for a layer, whatever lies behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from berg.lines.posters.design.blend import pixels_of
from berg.lines.posters.design.parts import Mask, Overlay, Piece, Rgba, RgbPixels, cut, grown
from berg.media.type.colour import rgb
from berg.media.type.safe import Box

_TOLERANCE = 40
"""Most difference of a channel from the ink; smoothed edges differ more."""
_SOLID = 112
"""Alpha from which a pixel counts as letter."""
_FAINT = 8
"""Alpha from which a pixel is no longer ground."""
_SMALL = 18
"""Ems, pixels, below which a letter is mostly edge."""
_THIN = 40
"""The same below which strokes on a plate may be too thin to show their ink."""
_PLATE, _ASIDE = 0.92, 24
"""From what share of the way from ink to plate a colour is the plate; how far aside of that way,
of 255, a colour is another."""
_REACH = 0.1
"""How far around letters is looked, ems."""
_MOST_REACH, _LEAST_REACH = 14, 3
_SAMPLES = 5000
"""Pixels around a text's letters that are looked at, evenly spread, if there are more."""
_OVERHANG = 0.15
"""Ems by which ink may reach beyond its box: accents, swashes."""


@dataclass(frozen=True, slots=True)
class Rim:
    """Pixels right around a piece's letters, and in which square of one em each lies."""

    rows: npt.NDArray[np.intp]
    """Rows of the poster."""
    columns: npt.NDArray[np.intp]
    cells: npt.NDArray[np.intp]
    """0 and up."""
    over: npt.NDArray[np.uint8]
    """(n, 4), what the layer draws there: nothing, a shadow, a plate."""

    def seen_on(self, picture: RgbPixels) -> npt.NDArray[np.uint8]:
        """(n, 3), the pixels as they will look with the layer laid over the picture."""
        under = picture[self.rows, self.columns]
        if not self.over[:, 3].any():
            return under
        alpha = self.over[:, 3:].astype(np.uint16)
        mixed = under * (255 - alpha) + self.over[:, :3] * alpha + 127
        return np.asarray(mixed // 255, np.uint8)


@dataclass(frozen=True, slots=True)
class Letters:
    """A piece's ink in the layer, and some room around its box."""

    piece: Piece
    seen: Box
    """What was looked at, in the poster's pixels."""
    part: Rgba
    ink: Mask


def letters_of(piece: Piece, overlay: Overlay) -> Letters | None:
    """A piece's letters; None if its box lies outside the layer."""
    room = max(_reach(piece), 2 * _slack(piece)) + 1
    seen = cut(grown(piece.box, room), overlay.box)
    if seen is None or cut(piece.box, seen) is None:
        return None
    part = pixels_of(overlay, seen)
    return Letters(piece, seen, part, _ink(piece, part))


def rim_of(letters: Letters | None) -> Rim:
    """The rim of a piece's letters; empty if there are none."""
    inner = None if letters is None else cut(letters.piece.box, letters.seen)
    if letters is None or inner is None:
        nothing = np.empty(0, np.intp)
        return Rim(nothing, nothing, nothing, np.empty((0, 4), np.uint8))
    seen, piece, reach = letters.seen, letters.piece, _reach(letters.piece)
    core = _only(letters.ink, inner, seen)
    # A smoothed edge is about a pixel wide: it is neither letter nor ground. Of small type much is
    # edge, and strokes thinner than a pixel are faint ink.
    edge = 5 if 0 < piece.em < _SMALL else 3
    near = cv2.dilate(core, np.ones((edge, edge), np.uint8))
    if not piece.plate:
        near = cv2.bitwise_or(near, _tinged(piece, letters.part, alpha=_FAINT))
    wide = cv2.dilate(core, np.ones((2 * reach + 1,) * 2, np.uint8))
    found = np.flatnonzero(cv2.subtract(wide, near))
    if piece.plate and piece.em < _THIN:
        found = found[~_blended(letters, inner, found)]
    found = found[:: max(1, -(-len(found) // _SAMPLES))]
    rows, columns = np.divmod(found, seen.width)
    side = max(8, piece.em or piece.box.height)
    cells = (rows // side) * (seen.width // side + 1) + columns // side
    return Rim(rows + seen.top, columns + seen.left, cells, letters.part.reshape(-1, 4)[found])


def overhangs(letters: Letters | None, *, others: Sequence[Piece]) -> bool:
    """Whether letters reach clearly beyond the piece's box; `others` have ink of their own."""
    if letters is None or letters.piece.is_logo:
        return False
    seen, slack = letters.seen, _slack(letters.piece)
    inner = cut(grown(letters.piece.box, slack), seen)
    if inner is None or inner == seen:
        return False
    core = letters.ink.copy()
    for other in others:
        theirs = cut(grown(other.box, slack), seen)
        if theirs is not None:
            x, y = theirs.left - seen.left, theirs.top - seen.top
            core[y : y + theirs.height, x : x + theirs.width] = 0
    return _crossing(core, inner, seen) > max(4, letters.piece.em // 12)


def _slack(piece: Piece) -> int:
    return max(2, round(piece.em * _OVERHANG))


def _crossing(core: Mask, inner: Box, seen: Box) -> int:
    """Letter pixels just outside `inner` that continue others just inside it."""
    x0, y0 = inner.left - seen.left, inner.top - seen.top
    x1, y1 = x0 + inner.width, y0 + inner.height
    count = 0
    if y0 > 0:
        count += _both(core[y0 - 1, x0:x1], core[y0, x0:x1])
    if y1 < core.shape[0]:
        count += _both(core[y1, x0:x1], core[y1 - 1, x0:x1])
    if x0 > 0:
        count += _both(core[y0:y1, x0 - 1], core[y0:y1, x0])
    if x1 < core.shape[1]:
        count += _both(core[y0:y1, x1], core[y0:y1, x1 - 1])
    return count


def _both(a: Mask, b: Mask) -> int:
    return int(np.count_nonzero(a & b))


def _ink(piece: Piece, part: Rgba) -> Mask:
    if piece.is_logo:
        return np.asarray(cv2.inRange(part, (0, 0, 0, _SOLID), (255,) * 4), np.uint8)
    return _tinged(piece, part, alpha=_SOLID)


def _tinged(piece: Piece, part: Rgba, *, alpha: int) -> Mask:
    """Where the layer draws with the piece's ink, at least as opaque as `alpha`."""
    low = tuple(max(0, c - _TOLERANCE) for c in rgb(piece.ink))
    high = tuple(min(255, c + _TOLERANCE) for c in rgb(piece.ink))
    return np.asarray(cv2.inRange(part, (*low, alpha), (*high, 255)), np.uint8)


def _blended(letters: Letters, inner: Box, found: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Which of some pixels are part letter and part plate, by colour: between the two."""
    x, y = inner.left - letters.seen.left, inner.top - letters.seen.top
    ink = np.array(rgb(letters.piece.ink), np.float32)
    # Most of a line is its plate.
    way = _median(letters.part[y : y + inner.height, x : x + inner.width]) - ink
    length = float(way @ way)
    if length < 1:
        return np.zeros(len(found), np.bool_)
    pixels = letters.part.reshape(-1, 4)[found]
    off = pixels[:, :3].astype(np.float32) - ink
    share = off @ way / length
    red, green, blue = np.abs(off - share[:, None] * way).T
    aside = np.maximum(np.maximum(red, green), blue)
    solid = pixels[:, 3] >= _SOLID
    return np.asarray((share > -0.1) & (share < _PLATE) & (aside < _ASIDE) & solid)


def _median(part: Rgba) -> npt.NDArray[np.float32]:
    """The median of red, green and blue; by counting, which is quicker than sorting."""
    middle = (part.shape[0] * part.shape[1] + np.array([-1, 0])) // 2
    counts = (cv2.calcHist([part], [channel], None, [256], [0, 256]) for channel in range(3))
    both = [np.searchsorted(c.ravel().cumsum(dtype=np.int64), middle, "right") for c in counts]
    return np.asarray(np.mean(both, axis=1), np.float32)


def _only(mask: Mask, inner: Box, seen: Box) -> Mask:
    """The mask, empty outside `inner`."""
    kept = np.zeros_like(mask)
    x, y = inner.left - seen.left, inner.top - seen.top
    rows, columns = slice(y, y + inner.height), slice(x, x + inner.width)
    kept[rows, columns] = mask[rows, columns]
    return kept


def _reach(piece: Piece) -> int:
    size = piece.em or piece.box.height
    return min(_MOST_REACH, max(_LEAST_REACH, round(size * _REACH)))
