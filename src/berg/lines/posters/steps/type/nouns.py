"""What poster.type gives: a poster's type, and all that its layout paints."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.step import Out

BoxKind = Literal["headline", "body", "cta", "brand", "logo", "badge"]


class TypeBox(Frozen):
    """Something to be read, and where it stands on the poster, pixels."""

    kind: BoxKind
    x: int
    y: int
    width: int
    height: int
    ink: str
    """`#RRGGBB` of the letters; of a logo, its mean colour."""
    em: int
    """Pixels to the em; 0 of a logo."""
    plate: str | None = None
    """`#RRGGBB` of the opaque shape of the layer that it stands on; None: the picture, or the
    poster's ground."""
    lines: int = 1
    weight: int = 400
    """100 to 900."""


class Panel(Frozen):
    """A rectangle of the poster, pixels."""

    x: int
    y: int
    width: int
    height: int


class TypeLayer(Out):
    """The type of a poster, and all that its layout paints, on nothing."""

    sheet: Asset
    """Straight-alpha RGBA PNG in sRGB, cropped to what is drawn."""
    left: int
    """Where its left edge lies on the poster, pixels."""
    top: int
    width: int
    """Width of the sheet, pixels."""
    height: int
    boxes: tuple[TypeBox, ...]
    ground: tuple[str, ...]
    """`#RRGGBB`: what fills the poster under the picture and the layer, then the colours of the
    opaque panels that the layer paints."""
    panel: Panel
    """Where the picture goes; all of the poster, unless the layout frames it."""
    scrim: str
    """`#RRGGBB` that a scrim under the type would have: the scheme's ground."""
    smallest: int
    """Pixels to the em of the smallest type."""
    scale: int
    """Thousandths to which all type was reduced until it fitted."""
    problems: tuple[str, ...]
    """What could not be made to fit or to read. Empty: all is well."""
    page: Asset | None = None
    """For paper the same type as vectors: a PDF of one page, 1 pt a pixel."""
