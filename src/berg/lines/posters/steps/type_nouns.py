"""What poster.type is told, is handed, and gives."""

from typing import Literal

from berg.lines.posters.nouns import Scheme
from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.layer import ALL_FREE, Clear
from berg.schema.step import Inputs, Out, Params

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


class TypeLayerParams(Params):
    """What a poster says, and how it is laid out."""

    layout: str
    """One of berg's own; of a user's template its file name, for messages."""
    headline: str
    body: str | None
    cta: str | None
    brand: str
    palette: tuple[str, ...]
    font: str
    scheme: Scheme
    place: str
    """One of `places_of`."""
    language: str
    width: int
    """Of the poster, pixels."""
    height: int
    with_picture: bool
    paper: bool = False
    """Printed at 300 dpi: what counts as legible is then a size on paper."""
    clear: Clear = ALL_FREE
    """Bands of the safe box that a visible label takes."""


class TypeLayerInputs(Inputs):
    """The logo, if there is one, and the user's own template, if it is one."""

    logo: Asset | None
    template: Asset | None


class TypeLayer(Out):
    """The type of a poster, and all that its layout paints, on nothing."""

    sheet: Asset
    """Straight-alpha RGBA PNG in sRGB, cropped to what is drawn."""
    left: int
    """Where its left edge lies on the poster, pixels."""
    top: int
    width: int
    """Of the sheet, pixels."""
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
