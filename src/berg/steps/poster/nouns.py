"""What the type of a poster is, between the step that sets it and the one that composes it."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.step import Out

BoxKind = Literal["headline", "body", "cta", "brand", "logo", "badge"]


class TypeBox(Frozen):
    """One text, or the logo, as it stands on a poster. Pixels of the poster."""

    kind: BoxKind
    x: int
    """Left edge of what is drawn."""
    y: int
    """Top edge."""
    w: int
    h: int
    ink: str
    """`#RRGGBB` of its letters; of a logo the colour that covers most."""
    em: int
    """Size of its type; of a logo 0."""
    plate: bool = False
    """Whether it stands on an opaque plate of its own, which the layer draws under it."""


class TypeLayer(Out):
    """All type of a poster, transparent, to be laid over a picture or a plain ground."""

    sheet: Asset
    """Straight-alpha RGBA PNG in sRGB, cropped to what is drawn."""
    left: int
    """Where the sheet's left edge lies in the poster, pixels."""
    top: int
    boxes: tuple[TypeBox, ...]
    ground: tuple[str, ...]
    """`#RRGGBB` behind everything, top to bottom, where no picture covers it."""
    panel: tuple[int, int, int, int]
    """Left, top, width, height of where the picture goes; without one, what its ground covers."""
    smallest_px: int
    """The smallest em of all texts."""
    problems: tuple[str, ...] = ()
    """What could not be set well, such as a text that did not fit at the smallest size."""
