"""Colours of a page: luminance and contrast as in WCAG 2.2."""

from collections.abc import Sequence

WHITE, BLACK = "#ffffff", "#000000"


def darkest(palette: Sequence[str]) -> str:
    """The palette's darkest colour (`#RRGGBB`)."""
    return min(palette, key=luminance)


def ink_on(ground: str) -> str:
    """White or black, whichever is read better on a ground: 4.58 at the least."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21; text wants 4.5."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
