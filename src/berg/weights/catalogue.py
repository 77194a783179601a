"""The catalogue: what may be fetched, from where, under which licence. Read from a file beside.

Not here: fetching (`berg.weights.pull`) and keeping (`berg.weights.room`).
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from berg.errors import WeightsError
from berg.schema.model import WeightsEntry


def read_catalogue(text: str) -> Mapping[str, WeightsEntry]:
    """Entries by name, in the file's order. Raises ValueError on a name given twice."""
    entries: dict[str, WeightsEntry] = {}
    for fields in tomllib.loads(text)["entry"]:
        item = WeightsEntry.model_validate(fields)
        if item.name in entries:
            raise ValueError(f"the catalogue names {item.name} twice")
        entries[item.name] = item
    return MappingProxyType(entries)


CATALOGUE = read_catalogue(files("berg.weights").joinpath("catalogue.toml").read_text("utf-8"))
"""Every file that berg may fetch, by name."""


def entry(name: str, catalogue: Mapping[str, WeightsEntry] = CATALOGUE) -> WeightsEntry:
    """The entry of that name. Raises WeightsError if there is none."""
    if name not in catalogue:
        raise WeightsError(
            f"no weights named {name!r} in the catalogue; `berg models list` shows all", where=name
        )
    return catalogue[name]
