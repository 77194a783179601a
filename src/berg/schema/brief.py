"""Brief and Ask: what somebody asks for, checked and complete."""

from typing import Literal

from pydantic import SerializeAsAny

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.marking import UNMARKED, Marks
from berg.schema.media import Source

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


class Ask(Frozen):
    """One deliverable asked for. Each production line has its own, a model that extends this."""

    kind: str
    """The line that makes it, as in a brief: `short`. Each ask's model has its own as default."""
    name: str
    """Unique in the brief; files and steps begin with it."""
    each: Table | None = None
    """Texts then hold `{column}`, filled in row by row."""
    row: str | None = None
    """Id of the row that the texts were filled in from."""


class Brief(Frozen):
    """What somebody asks for, with every file checked."""

    title: str
    slug: str
    """File-system name made of the title."""
    seed: int = 0
    languages: tuple[str, ...]
    brand: Brand
    make: tuple[SerializeAsAny[Ask], ...]
    marks: Marks = UNMARKED
    """How what is made is labelled, watermarked and described."""
