"""What posters are made of that has a name: sizes, layouts, schemes. Light; steps take them too."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset


class Size(Frozen):
    """How large a poster is."""

    name: str
    """As the brief says it: `1080x1350`, `A3`."""
    width: int
    """Pixels, of the trimmed picture."""
    height: int
    paper_mm: tuple[int, int] | None = None
    """Width and height of the trimmed paper, millimetres; None for a screen."""


class Layout(Frozen):
    """How a poster is laid out."""

    name: str
    """One of berg's own, or the file name of the user's."""
    template: Asset | None = None
    """The user's own Typst template."""


Scheme = Literal["dark", "light", "accent"]
"""Which of the brand's colours the type stands on, or is set in."""
