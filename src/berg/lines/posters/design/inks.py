"""The colours of a poster: a palette and a scheme resolved, every pair readable.

Pure. Not here: contrast on a picture's real pixels (`checks`).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from berg.media.type.colour import (
    DARK,
    LIGHT,
    READABLE,
    chroma,
    contrast,
    luminance,
    mix,
    readable,
    scheme_on,
)

_OVER_PICTURE = ("hero", "badge")
_STANDS_OUT = 1.6
"""Least contrast of a shape to its ground. It carries no meaning, so WCAG asks for none."""
_APART = 1.25
"""Least contrast of accent to ink."""
_DARK, _LIGHT = 0.2, 0.45
"""Relative luminance below which a colour is dark enough for a dark ground; above which, light."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inks:
    """`#RRGGBB` each. `ink`, `head`, `accent_ink` read on `ground`; `on_accent` on `accent`."""

    ground: str
    """What type stands on; under a picture, what a scrim is made of."""
    deep: str
    """Near the ground: a second tone of it."""
    tint: str
    """The ground with some accent in it, for shapes."""
    ink: str
    head: str
    """Colour of the headline."""
    ink_soft: str
    """Colour of rules and shapes, not of type."""
    accent: str
    """Colour of shapes: a colour of the brand as it is."""
    on_accent: str
    accent_ink: str
    """The accent as type on the ground, lighter or darker if it must be."""

    def as_data(self) -> dict[str, str]:
        """The colours as a template takes them."""
        return asdict(self)


def inks_of(palette: Sequence[str], scheme: str, *, layout: str, with_picture: bool) -> Inks:
    """The colours of one poster; `scheme` is dark, light or accent."""
    over = with_picture and layout in _OVER_PICTURE
    lively = over and scheme == "accent"
    ground = _ground(palette, "dark" if lively else scheme)
    found = scheme_on(ground, palette)
    ink = _read_on(ground, (found.ink,))
    accent = _accent(palette, ground, ink)
    accent_ink = _read_on(ground, (readable(accent, found.ground),))
    set_off = lively and contrast(accent_ink, ink) >= _APART
    return Inks(
        ground=ground,
        deep=found.ground[1],
        tint=mix(ground, accent, 170),
        ink=ink,
        head=accent_ink if set_off else ink,
        ink_soft=mix(ground, ink, 820),
        accent=accent,
        on_accent=_read_on(accent, (*palette, ground, ink)),
        accent_ink=accent_ink,
    )


def _read_on(ground: str, candidates: Sequence[str]) -> str:
    """The candidate that reads best on a ground; black or white, one of which always does."""
    own = max(candidates, key=lambda colour: contrast(colour, ground))
    if contrast(own, ground) >= READABLE:
        return own
    return max((LIGHT, "#000000"), key=lambda colour: contrast(colour, ground))


def _accent(palette: Sequence[str], ground: str, ink: str) -> str:
    """The liveliest colour that stands out from the ground and isn't the ink's; else the ink's."""
    rest = [
        c
        for c in palette
        if contrast(c, ground) >= _STANDS_OUT and contrast(c, ink) >= _APART and c != ground
    ]
    return max(rest, key=chroma, default=ink)


def _ground(palette: Sequence[str], scheme: str) -> str:
    if scheme == "accent":
        return _liveliest(palette)
    if scheme == "dark":
        darkest = min(palette, key=luminance, default=DARK)
        return darkest if luminance(darkest) < _DARK else mix(darkest, DARK, 850)
    lightest = max(palette, key=luminance, default=LIGHT)
    return lightest if luminance(lightest) > _LIGHT else mix(lightest, LIGHT, 930)


def _liveliest(palette: Sequence[str]) -> str:
    return max(palette, key=chroma, default="#3355FF")
