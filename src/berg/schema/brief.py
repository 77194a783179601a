"""Brief and Ask: what somebody asks for, checked and complete."""

from fractions import Fraction
from typing import Literal

from pydantic import Field

from berg.schema._base import Frozen
from berg.schema.asset import Asset
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


class Table(Frozen):
    """A file with a row for each person or thing that something is made for."""

    source: Asset
    name: str
    """Path relative to the brief's folder."""
    format: Literal["csv", "jsonl"]
    columns: tuple[str, ...]
    """Of a CSV its heading; of JSON Lines the keys of the first row."""


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


class Writing(Frozen):
    """Headlines that a language model writes."""

    count: int
    """As many, a language."""
    model: str = "smollm2"
    """Catalogue name, or a GGUF beside the brief (then `file` has it)."""
    file: Asset | None = None


Scheme = Literal["dark", "light", "accent"]
"""Which of the brand's colours the type stands on, or is set in."""


class PostersAsk(Frozen):
    """Posters: variants of a few texts, pictures, layouts and sizes; or some for each row."""

    kind: Literal["posters"] = "posters"
    name: str = "posters"
    headlines: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """By language; empty where a model writes them."""
    writing: Writing | None = None
    body: ByLanguage | None = None
    cta: ByLanguage | None = None
    """Call to action."""
    pictures: tuple[Source, ...] = ()
    """None: type and colour alone."""
    sizes: tuple[Size, ...]
    layouts: tuple[Layout, ...]
    schemes: tuple[Scheme, ...] = ("dark", "light", "accent")
    variants: int = 12
    """Posters a language, chosen from all combinations of headline, picture, layout, size, scheme;
    with `each`, a row and language."""
    formats: tuple[Literal["jpeg", "png", "webp"], ...] = ("jpeg",)
    """Of screen sizes; paper sizes are PDF."""
    each: Table | None = None
    """Texts then hold `{column}`, filled in row by row."""
    row: str | None = None
    """Id of the row that the texts were filled in from."""


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
    also: tuple[Literal["sound"], ...] = ()
    """What else is delivered: `sound`, the film's sound by itself."""
    each: Table | None = None
    """Script and end then hold `{column}`, filled in row by row: a film a row and language."""


Ask = ShortAsk | PostersAsk
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
