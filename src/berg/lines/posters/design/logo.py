"""A logo as a template needs to know it: its shape, its colour, and where it can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageStat

from berg.media.type.colour import DARK, LIGHT, contrast
from berg.media.type.setter import Setter

_SEEN = 3.0
"""Least contrast of a logo's mean colour to what it stands on (WCAG 2.2, 1.4.11); below, it
gets a tile."""
_SIDE = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Logo:
    """A logo, drawn once."""

    path: str
    """Under the root of the templates."""
    aspect: float
    """Width to height of its picture."""
    colour: str
    """`#RRGGBB`, the mean."""
    opaque: bool
    """It brings its own ground."""

    def seen_on(self, ground: str) -> bool:
        """Whether it needs no tile there."""
        return self.opaque or contrast(self.colour, ground) >= _SEEN

    def tile(self, palette: Sequence[str]) -> str:
        """The colour of a tile for it: the brand's, if one of those will do."""
        best = max(palette, key=lambda tile: contrast(tile, self.colour), default=LIGHT)
        if contrast(best, self.colour) >= _SEEN:
            return best
        return max((LIGHT, DARK), key=lambda tile: contrast(tile, self.colour))


def logo_of(path: str, *, setter: Setter, root: Path) -> Logo:
    """The logo at `path` under `root`. Raises StepError if Typst can't draw it."""
    item = {"kind": "image", "path": path, "x": 0, "y": 0, "width": _SIDE, "height": _SIDE}
    page = {"width": _SIDE, "height": _SIDE, "items": [item]}
    (drawn,) = setter.draw([page], language="en", root=root)
    ink = drawn.getchannel("A").getbbox() or (0, 0, _SIDE, _SIDE)
    cropped = drawn.crop(ink)
    solid = cropped.getchannel("A").point([0] * 128 + [255] * 128)
    return Logo(
        path=path,
        aspect=(ink[2] - ink[0]) / (ink[3] - ink[1]),
        colour=_mean(cropped, solid),
        opaque=ImageStat.Stat(solid).mean[0] > 250,
    )


def _mean(picture: Image.Image, solid: Image.Image) -> str:
    if solid.getbbox() is None:
        return DARK
    mean = ImageStat.Stat(picture.convert("RGB"), mask=solid).mean
    return "#" + "".join(f"{round(value):02X}" for value in mean)
