"""Layer: a piece of set type on a sheet, and where and when it is seen."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset


class Layer(Frozen):
    """A rectangle of a sheet, laid over the picture. Integers: pixels and frames of the shot."""

    x: int
    """Left edge in the sheet."""
    y: int
    """Top edge in the sheet."""
    width: int
    height: int
    left: int
    """Where its left edge lies in the picture."""
    top: int
    """Where its top edge lies in the picture."""
    first: int = 0
    """First frame in which it is seen."""
    end: int | None = None
    """First frame in which it is no longer seen; None: until the shot ends."""
    fade_in: int = 0
    """Frames over which it appears."""
    fade_out: int = 0
    """Frames over which it disappears, before `end`."""
    rise: int = 0
    """Pixels that it rises while it fades in."""
    wipe: Literal["up", "right"] | None = None
    """Which way it is uncovered over `fade_in`, in place of a fade."""


class Clear(Frozen):
    """Bands of the safe box in which type keeps clear of a label, pixels."""

    top: int = 0
    bottom: int = 0


ALL_FREE = Clear()
"""No label, so no bands."""


class Taken(Frozen):
    """A rectangle in which no overlay may stand, such as a face; per mille of the picture."""

    left: int
    top: int
    width: int
    height: int


class View(Frozen):
    """What a picture leaves free for type."""

    faces: tuple[Taken, ...] = ()
    busy: tuple[str, ...] = ()
    """How busy each place is: rows of a coarse grid, two hex digits a cell. Empty: not known."""


class Sheet(Frozen):
    """Layers cut from one image: straight-alpha RGBA PNG in sRGB."""

    image: Asset
    layers: tuple[Layer, ...]
