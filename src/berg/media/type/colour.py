"""Colours of set type: contrast as WCAG 2.2 counts it, and readable pairs from a brand's palette.

Colours are `#RRGGBB` in sRGB. Formulas: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import colorsys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Rgb255 = tuple[int, int, int]

READABLE = 4.5
"""Least contrast of type to its ground: WCAG 2.2, level AA, for text of any size."""
_NEARLY = 3.0
"""Contrast from which a brand's colour is brought to `READABLE` rather than replaced."""
_COLOURFUL = 40
"""Spread of the channels from which a colour is one, and no grey."""
_APART = 1.3
"""Least contrast of accent to ink, for a word in it to be seen as set off."""
BLACK = "#000000"
DARK = "#0B0F14"
LIGHT = "#FFFFFF"


@dataclass(frozen=True, kw_only=True, slots=True)
class ColourScheme:
    """Colours of one scene; every pair named here reaches `READABLE`."""

    ground: tuple[str, str]
    """Top and bottom of a vertical blend; the top is the brand's own colour, in films both."""
    ink: str
    """Type on the ground."""
    accent: str
    """Type and shapes on the ground that should be seen first."""
    on_accent: str
    """Type on a shape in `accent`."""

    @property
    def plain(self) -> bool:
        """Whether the accent is the ink's colour, so that colour alone sets nothing off."""
        return self.accent == self.ink


def rgb(colour: str) -> Rgb255:
    """`#RRGGBB` as three numbers of 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(a: str, b: str, per_mille: int) -> str:
    """`a` with `per_mille` of `b` in it."""
    parts = zip(rgb(a), rgb(b), strict=True)
    return "#" + "".join(
        f"{(x * (1000 - per_mille) + y * per_mille + 500) // 1000:02X}" for x, y in parts
    )


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    linear = [
        c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Contrast ratio, 1 to 21."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def chroma(colour: str) -> int:
    """How colourful, 0 (grey) to 255: the spread of the channels."""
    return max(rgb(colour)) - min(rgb(colour))


def readable(colour: str, grounds: Iterable[str]) -> str:
    """`colour`, lightened or darkened just as far as it must be to be read on every ground."""
    behind = tuple(grounds)
    towards = max((LIGHT, DARK), key=lambda end: min(contrast(end, g) for g in behind))
    shades = (mix(colour, towards, step * 25) for step in range(41))
    return next((s for s in shades if _reads(s, behind)), towards)


def pick(candidates: Sequence[str], ground: str) -> str:
    """The candidate that reads best on the ground; near-black or white if none does."""
    best = max((*candidates, DARK, LIGHT), key=lambda c: contrast(c, ground))
    if contrast(best, ground) < READABLE:  # between near-black and white: black reads on it
        best = max((BLACK, LIGHT), key=lambda c: contrast(c, ground))
    own = max(candidates, key=lambda c: contrast(c, ground), default=best)
    return own if contrast(own, ground) >= READABLE else best


def scheme_on(ground: str, palette: Sequence[str]) -> ColourScheme:
    """A scheme on one of the palette's colours."""
    rest = [c for c in palette if c != ground] or [LIGHT, DARK]
    best = max(rest, key=lambda c: contrast(c, ground))
    if contrast(best, ground) < _NEARLY:
        best = max((LIGHT, DARK), key=lambda c: contrast(c, ground))
    deep = mix(ground, DARK if luminance(best) > luminance(ground) else LIGHT, 160)
    both = (ground, deep)
    ink = readable(best, both)
    lively = readable(max(rest, key=chroma), both)
    accent = lively if contrast(lively, ink) >= _APART else ink
    return ColourScheme(ground=both, ink=ink, accent=accent, on_accent=pick((*both, *rest), accent))


def schemes(palette: Sequence[str]) -> tuple[ColourScheme, ...]:
    """A scheme on each of the palette's first three colours: dark ground, accent, light.

    No colour of the palette is altered: where two can't be read on each other, others are paired.
    """
    grounds = dict.fromkeys(palette[:3] or (DARK,))
    return tuple(_paired(ground, palette) for ground in grounds)


def _paired(ground: str, palette: Sequence[str]) -> ColourScheme:
    """The palette's own colours on one of them, and near-black or white where none can be read."""
    reads = [c for c in dict.fromkeys(palette) if contrast(c, ground) >= READABLE]
    ink = pick(reads, ground)
    lively = [c for c in reads if contrast(c, ink) >= _APART and chroma(c) >= _COLOURFUL]
    accent = max(lively, key=chroma, default=ink)
    rest = [c for c in palette if c != accent]
    return ColourScheme(
        ground=(ground, ground), ink=ink, accent=accent, on_accent=pick((ground, *rest), accent)
    )


def spoken_colours(palette: Sequence[str], ground: str) -> tuple[str, str]:
    """Colours of plain and of spoken words on a dark ground; a grey brand dims the plain ones."""
    accent = max(palette, key=_vivid, default=LIGHT)
    if chroma(accent) < 40:
        return "#B9BEC6", LIGHT
    return LIGHT, readable(accent, (ground,))


def _vivid(colour: str) -> float:
    _, light, saturation = colorsys.rgb_to_hls(*(c / 255 for c in rgb(colour)))
    return saturation * (1 - abs(2 * light - 1)) + light / 4


def _reads(colour: str, grounds: Iterable[str]) -> bool:
    return all(contrast(colour, ground) >= READABLE for ground in grounds)
