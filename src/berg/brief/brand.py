"""Reading `brand:`, how the sender looks."""

from berg.brief.colours import read_palette
from berg.brief.faults import did_you_mean, listed
from berg.brief.fields import Field
from berg.brief.sources import Sources
from berg.schema.brief import Brand
from berg.weights.catalogue import CATALOGUE

KEYS = ("name", "palette", "font", "logo")
MAX_NAME = 60
_FONTS = {"Inter": "inter"}
"""Families that cards and captions are set in, and the catalogue entries that they need."""


def read_brand(field: Field, *, title: str, sources: Sources) -> Brand | None:
    """The brand, named by the brief's title if it has no name; None after a fault."""
    before = len(field.faults)
    fields = field.pairs(KEYS, what="a map: {name: …, palette: […]}")
    if fields is None:
        return None
    brand = Brand(name=title)
    name = fields["name"].text("the brand's name", most=MAX_NAME) if "name" in fields else title
    palette = read_palette(fields["palette"]) if "palette" in fields else brand.palette
    font = _font(fields["font"]) if "font" in fields else brand.font
    logo = sources.logo(fields["logo"]) if "logo" in fields else None
    if len(field.faults) > before or not name or not palette or not font:
        return None
    return Brand(name=name, palette=palette, font=font, logo=logo)


def _font(field: Field) -> str | None:
    known = [family for family, entry in _FONTS.items() if entry in CATALOGUE]
    for family in known:
        if family.casefold() == field.word().casefold():
            return family
    return field.wants(f"{listed(known)}{did_you_mean(field.word(), known)}")
