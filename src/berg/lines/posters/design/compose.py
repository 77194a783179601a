"""One poster out of picture, type and label: composed, mended, checked.

The order: picture into its panel, scrims, type, label; then contrast is measured on the pixels
that stand there. Not here: watermark and encoding, which come after everything is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from berg.lines.posters.design.blend import Band, bands_of, lay, plain
from berg.lines.posters.design.checks import problems_of
from berg.lines.posters.design.contrast import weakest
from berg.lines.posters.design.letters import Rim, letters_of, overhangs, rim_of
from berg.lines.posters.design.mend import mend
from berg.lines.posters.design.parts import Overlay, Piece, RgbPixels, needed
from berg.lines.posters.design.placing import Placed
from berg.lines.posters.design.through import Wanted
from berg.media.type.colour import rgb
from berg.media.type.safe import Box


@dataclass(frozen=True, slots=True)
class Lettering:
    """A layer with what can be known of it before any picture lies under it."""

    bands: tuple[Band, ...]
    pieces: tuple[Piece, ...]
    rims: tuple[Rim, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A poster as it is seen."""

    pixels: RgbPixels
    under: RgbPixels | None
    """On a canvas larger than its trim: all but the type, the label too."""
    contrast: float
    """The lowest of all texts; 0 without texts."""
    scrim: float
    """0 to 1; 1 is a plate."""
    problems: tuple[str, ...]


def lettering_of(overlay: Overlay, pieces: Sequence[Piece]) -> Lettering:
    """Find every piece's letters in the layer, and whether they keep to their boxes."""
    cv2.setNumThreads(1)
    letters = [letters_of(piece, overlay) for piece in pieces]
    problems = [
        f"the {piece.kind} reaches beyond its box"
        for piece, found in zip(pieces, letters, strict=True)
        if overhangs(found, others=[other for other in pieces if other is not piece])
    ]
    rims = tuple(rim_of(found) for found in letters)
    return Lettering(bands_of(overlay), tuple(pieces), rims, tuple(problems))


def compose(
    lettering: Lettering,
    *,
    size: tuple[int, int],
    trim: Box,
    ground: str,
    placed: Placed | None,
    tint: str,
    labels: Sequence[Overlay],
    css: float,
) -> Composed:
    """Compose a poster on a canvas of `size` (width, height); `trim` is what is seen of it.

    `ground` is the colour where no picture lies, `tint` that of scrims, both `#RRGGBB`; `css` is
    pixels for a CSS pixel (`parts.css_px`).
    """
    cv2.setNumThreads(1)
    picture = _filled(size, ground, placed)
    wanted = [
        Wanted(piece, rim, needed(piece, css=css))
        for piece, rim in zip(lettering.pieces, lettering.rims, strict=True)
    ]
    strength = mend(picture, wanted, panel=placed.panel, tint=tint) if placed else 0.0
    under = None if trim == _whole(size) else picture.copy()
    for bands in (lettering.bands, *(bands_of(label) for label in labels)):
        lay(picture, bands)
    if under is not None:
        for label in labels:
            lay(under, bands_of(label))
    lowest, unreadable = _measured(picture, wanted)
    misplaced = problems_of(
        lettering.pieces,
        page=trim,
        faces=placed.faces if placed else (),
        label=[label.box for label in labels],
    )
    problems = dict.fromkeys((*lettering.problems, *misplaced, *unreadable))
    return Composed(picture, under, lowest, strength, tuple(problems))


def _whole(size: tuple[int, int]) -> Box:
    return Box(left=0, top=0, width=size[0], height=size[1])


def _filled(size: tuple[int, int], ground: str, placed: Placed | None) -> RgbPixels:
    if placed is not None and placed.panel == _whole(size):
        return placed.pixels if placed.pixels.flags.writeable else placed.pixels.copy()
    picture = plain(*size, rgb(ground))
    if placed is not None:
        box = placed.panel
        picture[box.top : box.bottom, box.left : box.right] = placed.pixels
    return picture


def _measured(picture: RgbPixels, wanted: Sequence[Wanted]) -> tuple[float, list[str]]:
    """The lowest contrast of a text, and what can't be read."""
    lowest, problems = [], []
    for w in wanted:
        if w.piece.is_logo:
            # WCAG 2.2 asks no contrast of logotypes (1.4.3), and their mean colour says little.
            continue
        if not len(w.rim.rows):
            problems.append(f"the {w.piece.kind} is not to be seen")
            continue
        pixels = np.asarray(picture[w.rim.rows, w.rim.columns], np.uint8)
        found = weakest(pixels, w.rim, ink=w.piece.ink).contrast
        lowest.append(found)
        if found < w.contrast:
            problems.append(
                f"the {w.piece.kind} has a contrast of {found:.2f}; it needs {w.contrast:g}"
            )
    return min(lowest, default=0.0), problems
