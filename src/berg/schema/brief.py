"""Brief and Ask: what somebody asks for, checked and complete."""

from fractions import Fraction
from typing import Literal

from berg.schema._base import Frozen
from berg.schema.marking import UNMARKED, Marks
from berg.schema.media import Source
from berg.units import Rational

ByLanguage = dict[str, str]
"""A text for each of the brief's languages."""


class Brand(Frozen):
    """How the sender looks."""

    name: str
    palette: tuple[str, ...] = ("#16202A", "#E8B04A", "#F6F1E7")
    """Colours as `#RRGGBB`: dark ground, accent, light."""
    font: str = "Inter"
    """Family from the catalogue of fonts."""
    logo: Source | None = None


class ShortAsk(Frozen):
    """A narrated short film, one file for each language."""

    kind: Literal["short"] = "short"
    name: str = "short"
    seconds: int = 30
    """Target length, seconds."""
    width: int = 1080
    height: int = 1920
    fps: Rational = Fraction(30)
    script: ByLanguage
    voice: dict[str, str]
    """Catalogue voice by language, or `none`."""
    captions: Literal["none", "sentence", "word"] = "word"
    look: Literal["plate", "outline"] = "outline"
    """How captions stay readable: on a plate, or outlined and shadowed."""
    encoder: Literal["x264", "av1"] = "x264"
    """`av1` (SVT-AV1) makes smaller files and needs no GPL code; older players can't show them."""
    music: Source | None = None
    footage: tuple[Source, ...] = ()
    cuts: Literal["sentence"] = "sentence"
    end: ByLanguage | None = None
    """Line on the end card, such as where to order; None shows the brand alone."""


Ask = ShortAsk
"""One deliverable asked for; a union, as lines come."""


class Brief(Frozen):
    """What somebody asks for, with every file checked."""

    title: str
    slug: str
    """File-system name made of the title."""
    seed: int = 0
    languages: tuple[str, ...]
    brand: Brand
    make: tuple[Ask, ...]
    marks: Marks = UNMARKED
    """How what is made is labelled, watermarked and described."""
