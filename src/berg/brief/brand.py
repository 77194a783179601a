"""Reading `brand:`, how the sender looks."""

from collections.abc import Mapping

from berg.brief import yaml_tree
from berg.brief.colours import read_palette
from berg.brief.faults import Faults, did_you_mean, listed
from berg.brief.fields import Field
from berg.brief.opening import read_document
from berg.brief.sources import Sources
from berg.schema.brief import Brand
from berg.schema.model import WeightsEntry

KEYS = ("name", "palette", "font", "logo")
MAX_NAME = 60


def read_brand(
    field: Field, *, title: str, sources: Sources, models: Mapping[str, WeightsEntry]
) -> Brand | None:
    """The brand, named by the brief's title if it has no name; None after a fault.

    `models` is the catalogue, whose families it may be set in.
    """
    before = len(field.faults)
    fields = field.pairs(KEYS, what="a map: {name: …, palette: […]}")
    if fields is None:
        return None
    brand = Brand(name=title)
    name = fields["name"].text("the brand's name", most=MAX_NAME) if "name" in fields else title
    palette = read_palette(fields["palette"]) if "palette" in fields else brand.palette
    font = _font(fields["font"], models) if "font" in fields else brand.font
    logo = sources.logo(fields["logo"]) if "logo" in fields else None
    if len(field.faults) > before or not name or not palette or not font:
        return None
    return Brand(name=name, palette=palette, font=font, logo=logo)


def read_brand_file(
    field: Field, *, title: str, sources: Sources, models: Mapping[str, WeightsEntry]
) -> Brand | None:
    """The brand in a file that a field names, with paths of its own from where it lies.

    None after a fault of the field; raises BriefError with the file's own faults.
    """
    path = sources.folder.find(field, "a map, or the path of a file such as brand.yaml")
    if path is None:
        return None
    data, folder = read_document(path, "brand")
    faults = Faults(str(path))
    root = yaml_tree.parse(data, faults)
    own = Sources(folder, sources.adopt)
    if root is None:
        raise faults.error()
    brand = read_brand(Field(root, "", faults), title=title, sources=own, models=models)
    if len(faults):
        raise faults.error()
    return brand


def _font(field: Field, models: Mapping[str, WeightsEntry]) -> str | None:
    known = [item.family for item in models.values() if item.kind == "font" and item.family]
    for family in known:
        if family.casefold() == field.word().casefold():
            return family
    return field.wants(f"{listed(known)}{did_you_mean(field.word(), known)}")
