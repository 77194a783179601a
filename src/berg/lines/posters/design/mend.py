"""Making type readable on a picture: the weakest scrim that does, else a plate.

Pieces that stand close together share a scrim. Its strength is found by bisection on the pixels
that decide (`contrast.weakest`), then proved on the whole rim.
"""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from berg.lines.posters.design.contrast import Weak, weakest
from berg.lines.posters.design.parts import RgbPixels, around, cut, grown
from berg.lines.posters.design.scrim import Scrim, apply, shaped
from berg.lines.posters.design.through import Spot, Wanted
from berg.media.type.colour import DARK, LIGHT, contrast, mix, rgb
from berg.media.type.safe import Box

STRONGEST = 0.86
"""A stronger scrim hides the picture without being as clean as a plate."""
_TOGETHER = 0.09
"""Share of the panel's height (or width) up to which pieces stand close together."""
_DEEPEN = 450
"""Thousandths of black or white that are mixed into the brand's tint."""
_TRIES = 4
_HEAVY = 0.4
"""Strength from which a light scrim is seen as one, rather than as light."""


def mend(picture: RgbPixels, wanted: Sequence[Wanted], *, panel: Box, tint: str) -> float:
    """Make pieces over the picture's panel readable, in place, before type is laid over it.

    `tint` is the brand's colour for scrims; one of black and white takes its place where it would
    not do. Pieces on plates of their own are left alone, and so is what is readable already.
    Returns how strong the strongest scrim is: 0 to `STRONGEST`; 1 if a plate was needed.
    """
    open_pieces = [w for w in wanted if not w.piece.plate and cut(w.piece.box, panel)]
    asked = [_planned(picture, group, panel, tint) for group in _groups(open_pieces, panel)]
    plans = _without_stripes(picture, [plan for plan in asked if plan], panel)
    for group, scrim in plans:
        if scrim.strength <= STRONGEST:
            apply(picture, scrim)
        else:
            _plates(picture, group, panel, scrim.tint)
    return max((scrim.strength for _, scrim in plans), default=0.0)


Mending = tuple[list[Wanted], Scrim]
"""Pieces, and the scrim that they share; one stronger than `STRONGEST` will not do."""


def _planned(picture: RgbPixels, group: list[Wanted], panel: Box, tint: str) -> Mending | None:
    """The scrim that a group needs; None if all of it reads already."""
    found = [weakest(w.rim.seen_on(picture), w.rim, ink=w.piece.ink) for w in group]
    if all(f.contrast >= w.aim for f, w in zip(found, group, strict=True)):
        return None
    box = cut(around([w.piece.box for w in group]), panel) or panel
    pad = max((w.piece.em for w in group), default=0) // 3
    under = cut(grown(box, pad), panel) or panel
    light = not _is_light(group[0])
    scrim = shaped(under, panel, tint=_tint_for(group, tint, light=light), light=light)
    return group, replace(scrim, strength=_strength(picture, group, found, scrim))


def _without_stripes(picture: RgbPixels, plans: list[Mending], panel: Box) -> list[Mending]:
    """Two heavy light scrims would leave a dark stripe between them: an even veil replaces them."""
    heavy = [p for p in plans if p[1].light and _HEAVY <= p[1].strength <= STRONGEST]
    if len(heavy) < 2:
        return plans
    group = [w for members, _ in heavy for w in members]
    veil = shaped(panel, panel, tint=heavy[0][1].tint, light=True)
    found = [weakest(w.rim.seen_on(picture), w.rim, ink=w.piece.ink) for w in group]
    strength = _strength(picture, group, found, veil)
    if strength > STRONGEST:
        return plans
    return [
        *(p for p in plans if all(p is not h for h in heavy)),
        (group, replace(veil, strength=strength)),
    ]


def _strength(
    picture: RgbPixels, group: Sequence[Wanted], found: Sequence[Weak], scrim: Scrim
) -> float:
    """The least strength with which all is readable; above `STRONGEST` if none is."""
    deciding = [
        Spot.of(picture, w, scrim, weak.deciding) for w, weak in zip(group, found, strict=True)
    ]
    low, high = 0.0, 1.0
    for _ in range(8):
        middle = (low + high) / 2
        if all(spot.lowest(middle) >= spot.wanted.aim for spot in deciding):
            high = middle
        else:
            low = middle
    # Under a gradient other pixels may come to decide: so it is proved on all of them.
    rims = [Spot.of(picture, w, scrim, None) for w in group]
    for _ in range(_TRIES):
        if high > STRONGEST:
            return 1.0
        if all(spot.weakest(high) >= spot.wanted.aim for spot in rims):
            return high
        high = high * 1.03 + 0.005
    return 1.0


def _tint_for(group: Sequence[Wanted], tint: str, *, light: bool) -> str:
    """The brand's tint, deepened: a deep one hides less for the same contrast.

    If an ink of the group reads badly even on that, black or white takes its place.
    """
    end = LIGHT if light else DARK
    deep = mix(tint, end, _DEEPEN)
    enough = max(w.contrast for w in group) * 1.25
    if min(contrast(w.piece.ink, deep) for w in group) >= enough:
        return deep
    return end


def _plates(picture: RgbPixels, group: Sequence[Wanted], panel: Box, tint: str) -> None:
    for w in group:
        if weakest(w.rim.seen_on(picture), w.rim, ink=w.piece.ink).contrast < w.aim:
            _plate(picture, w, panel, tint)


def _plate(picture: RgbPixels, w: Wanted, panel: Box, tint: str) -> None:
    """An opaque plate with round corners under a piece."""
    box = cut(grown(w.piece.box, max(6, round(w.piece.em * 0.28))), panel)
    if box is None:
        return
    radius = min(box.height // 2, max(4, round(w.piece.em * 0.18)))
    part = picture[box.top : box.bottom, box.left : box.right]
    shape = np.zeros((box.height * 4, box.width * 4), np.uint8)
    _rounded(shape, radius * 4)
    cover = cv2.resize(shape, (box.width, box.height), interpolation=cv2.INTER_AREA)
    share = cover[..., None].astype(np.float32) / 255
    colour = np.array(rgb(tint), np.float32)
    part[:] = np.rint(part + (colour - part) * share).astype(np.uint8)


def _rounded(shape: np.ndarray, radius: int) -> None:
    tall, wide = shape.shape
    cv2.rectangle(shape, (radius, 0), (wide - 1 - radius, tall - 1), (255,), -1)
    cv2.rectangle(shape, (0, radius), (wide - 1, tall - 1 - radius), (255,), -1)
    for x in (radius, wide - 1 - radius):
        for y in (radius, tall - 1 - radius):
            cv2.circle(shape, (x, y), radius, (255,), -1)


def _groups(wanted: Sequence[Wanted], panel: Box) -> list[list[Wanted]]:
    """Pieces that stand close together and whose inks want the same side, dark or light."""
    groups: list[list[Wanted]] = []
    for w in wanted:
        close = [g for g in groups if any(_together(w, other, panel) for other in g)]
        joined = [member for g in close for member in g]
        groups = [*(g for g in groups if g not in close), [*joined, w]]
    return groups


def _together(a: Wanted, b: Wanted, panel: Box) -> bool:
    same = _is_light(a) == _is_light(b)
    reach = round(_TOGETHER * max(panel.width, panel.height))
    return same and cut(grown(a.piece.box, reach), b.piece.box) is not None


def _is_light(w: Wanted) -> bool:
    """Whether it is read better on dark than on light."""
    return contrast(w.piece.ink, DARK) >= contrast(w.piece.ink, LIGHT)
