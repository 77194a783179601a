"""Reading a brief: YAML on disk to a checked `Brief`, or every fault at once.

Opens the files that the brief names (to probe and adopt them) and nothing else.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.brief import yaml_tree
from berg.brief.asks import read_ask, shape_of
from berg.brief.brand import read_brand, read_brand_file
from berg.brief.faults import Faults, listed
from berg.brief.fields import Field
from berg.brief.languages import read_languages
from berg.brief.opening import read_document
from berg.brief.provenance import read_provenance
from berg.brief.sources import Adopt, Sources
from berg.errors import Fault
from berg.schema.brief import Ask, Brand, Brief
from berg.schema.line import LineKind
from berg.schema.model import WeightsEntry
from berg.weights.catalogue import CATALOGUE

KEYS = ("berg", "title", "seed", "languages", "brand", "provenance", "make")
MAX_ASKS = 20
MAX_TITLE = 120
MAX_SEED = 2**32 - 1
_NOT_YET = ("presenter", "object", "render", "podcast")

Check = Callable[[Ask], Sequence[Fault]]
"""A further check of one ask; its faults' `path` is relative to the ask, such as `script.en`."""


def read_brief(
    path: Path,
    *,
    kinds: Sequence[LineKind[Any]],
    adopt: Adopt,
    checks: Sequence[Check] = (),
    fonts: Sequence[Path] = (),
    models: Mapping[str, WeightsEntry] = CATALOGUE,
    notice: Callable[[str], None] = lambda said: None,
) -> Brief:
    """The brief in a file, with every file it names checked and adopted.

    `kinds` are the lines that it may ask of; `adopt` hashes a file and makes it known to the
    store; `checks` are asked about every ask that is sound in itself; `fonts` are those that a
    user's label is to be set in; `models` is the catalogue; `notice` hears of what is allowed and
    yet hardly meant. Raises BriefError with all faults, each
    with line and column, and RequestError if the file itself can't be read.
    """
    data, folder = read_document(path, "brief")
    faults = Faults(str(path))
    root = yaml_tree.parse(
        data, faults, lambda at, said: notice(f"{path}:{at.line}:{at.column}: {said}")
    )
    if root is None:
        raise faults.error()
    reader = _BriefReader(
        root=Field(root, "", faults),
        sources=Sources(folder, adopt),
        kinds={kind.key: kind for kind in kinds},
        checks=checks,
        fonts=fonts,
        models=models,
    )
    brief = reader.read()
    if brief is None or len(faults):
        raise faults.error()
    return brief


@dataclass(frozen=True, kw_only=True, slots=True)
class _BriefReader:
    root: Field
    sources: Sources
    kinds: Mapping[str, LineKind[Any]]
    checks: Sequence[Check]
    fonts: Sequence[Path]
    models: Mapping[str, WeightsEntry]

    def read(self) -> Brief | None:
        needed = ("berg", "title", "make")
        fields = self.root.pairs(KEYS, what="a map that begins with berg: 1", required=needed)
        if fields is None:
            return None
        if "berg" in fields:
            fields["berg"].whole(low=1, high=1)
        title = self._title(fields.get("title"))
        seed = fields["seed"].whole(low=0, high=MAX_SEED) if "seed" in fields else 0
        languages = read_languages(fields.get("languages"))
        brand = Brand(name=title or "berg")
        if "brand" in fields:
            reads = (
                read_brand_file
                if fields["brand"].word().endswith((".yaml", ".yml"))
                else read_brand
            )
            read = reads(
                fields["brand"], title=brand.name, sources=self.sources, models=self.models
            )
            brand = read or brand
        marks = read_provenance(
            fields.get("provenance"),
            languages=languages,
            folder=self.sources.folder,
            fonts=self.fonts,
        )
        make = self._make(fields["make"], languages) if "make" in fields else []
        if title is None or seed is None or marks is None or not make:
            return None
        return Brief(
            title=title,
            slug=slug_of(title),
            seed=seed,
            languages=languages,
            brand=brand,
            make=tuple(make),
            marks=marks,
        )

    def _title(self, field: Field | None) -> str | None:
        return field.text("a title", most=MAX_TITLE) if field else None

    def _make(self, field: Field, languages: tuple[str, ...]) -> list[Ask]:
        wanted = f"a list that holds {listed(f'`- {key}:`' for key in self.kinds)}"
        asks: list[Ask] = []
        for item in field.items(wanted, least=1, most=MAX_ASKS) or []:
            later = dict.fromkeys(_NOT_YET, listed(self.kinds))
            what = f"{listed(f'`{key}:`' for key in self.kinds)} with its keys below"
            for key, found in (item.pairs(tuple(self.kinds), what=what, later=later) or {}).items():
                ask = read_ask(
                    self.kinds[key],
                    found,
                    languages=languages,
                    sources=self.sources,
                    models=self.models,
                )
                if ask is None:
                    continue
                if ask.name in [other.name for other in asks]:
                    item.fault(f"{item.path}: a second {ask.name}; give it another name:")
                self._check(ask, found)
                asks.append(ask)
        return asks

    def _check(self, ask: Ask, field: Field) -> None:
        for check in self.checks:
            for fault in check(shape_of(ask)):
                place = yaml_tree.place_of(field.node, fault.path)
                path = f"{field.path}.{fault.path}"
                self.root.faults.add(place, path, f"{path}: {fault.message}")


def slug_of(title: str) -> str:
    """A file-system name made of a title: small letters and digits of any script, and hyphens."""
    folded = unicodedata.normalize("NFC", title.casefold())
    ascii_first = unicodedata.normalize("NFKD", folded)
    plain = "".join(c for c in ascii_first if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain))
    slug = "-".join(words)
    while len(slug.encode()) > 80:
        slug = slug[:-1]
    return slug.strip("-") or "film"
