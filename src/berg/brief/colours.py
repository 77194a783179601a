"""A brand's palette: the user's colours, put in their places and completed.

The places are those of `Brand.palette`: dark ground, accent, light, then whatever else was given.
"""

import colorsys
import re
from collections.abc import Sequence

from berg.brief.fields import Field

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_DARKEST_LIGHT = 0.45
"""Relative luminance above which a colour can be the light one."""
_LIGHTEST_DARK = 0.14
"""Relative luminance below which a colour can be the ground: the light one stays readable on it."""

Rgb = tuple[float, float, float]


def read_palette(field: Field) -> tuple[str, ...] | None:
    """One to six colours as `#RRGGBB`, dark ground first; None after a fault."""
    items = field.items('a list of colours: ["#0B3954", "#FF6663"]', least=1, most=6)
    if items is None:
        return None
    colours = [read_colour(item) for item in items]
    return arrange([c for c in colours if c]) if all(colours) else None


def read_colour(item: Field) -> str | None:
    """A colour as `#RRGGBB`; None after a fault."""
    word = item.word()
    if _HEX.fullmatch(word):
        digits = word[1:] if len(word) == 7 else "".join(2 * c for c in word[1:])
        return f"#{digits.upper()}"
    if _HEX.fullmatch(f"#{word}"):
        return item.wants(f'a colour with its #, in quotes: "#{word}"')
    return item.wants('a colour in quotes: "#RRGGBB" or "#RGB" (# without quotes begins a comment)')


def arrange(colours: Sequence[str]) -> tuple[str, ...]:
    """Colours as dark ground, accent, light and the rest; what is missing is made of what is there.

    No given colour is lost, except that the same colour is kept once.
    """
    given = list(dict.fromkeys(colours))
    order = sorted(given, key=luminance)
    dark = order[0] if luminance(order[0]) <= _LIGHTEST_DARK else None
    light = order[-1] if luminance(order[-1]) >= _DARKEST_LIGHT else None
    rest = [c for c in given if c not in (dark, light)]
    seed = rest[0] if rest else (dark or light or order[0])
    accent = max(rest, key=_chroma) if rest else _tinted(seed, lightness=0.62, least=0.45)
    dark = dark or _tinted(accent, lightness=0.11, least=0.25)
    light = light or _tinted(accent, lightness=0.95, least=0.3)
    return (dark, accent, light, *(c for c in rest if c != accent))


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _chroma(colour: str) -> float:
    return max(_rgb(colour)) - min(_rgb(colour))


def _tinted(colour: str, *, lightness: float, least: float) -> str:
    """The colour's hue at another lightness; grey stays grey."""
    hue, _, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    wanted = max(saturation, least) if saturation > 0.02 else 0.0
    tinted = colorsys.hls_to_rgb(hue, lightness, min(wanted, 0.8))
    return "#" + "".join(f"{round(255 * c):02X}" for c in tinted)
