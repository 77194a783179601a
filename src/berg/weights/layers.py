"""Layers of the catalogue: berg's own, those of plugins, the home's, that of a brief's folder.

Each is a `catalogue.toml` of the same form, under the same rules: every file by its SHA-256, with
its licence and where it comes from. A layer adds names, and changes none: the first layer that has
a name keeps it, and an entry of that name with other bytes is left out and said (a key hangs on
the digest, so nobody's results would be wrong; but a name must not mean two things).
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pydantic import ValidationError

from berg.plugins import LeftOut, Problems, entries_of
from berg.schema.model import WeightsEntry
from berg.weights.catalogue import read_catalogue
from berg.weights.source import parse_source

NAME = "catalogue.toml"
MAX_BYTES = 1 << 20
"""Largest catalogue, in bytes."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PLAIN = re.compile(r"\w[\w.-]{0,99}", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueLayer:
    """The entries of one further catalogue."""

    origin: str
    """Where it stands, for people."""
    entries: tuple[WeightsEntry, ...]


def layers_of(home: Path) -> tuple[list[CatalogueLayer], list[LeftOut]]:
    """The layers over berg's own, in order: those of plugins, then the home's; and what can't be
    used, and why."""
    problems = Problems([])
    found = [*_plugin_layers(problems)]
    own, wrong = layer_in(home)
    return [*found, *own], [*problems.found, *wrong]


def layer_in(folder: Path) -> tuple[list[CatalogueLayer], list[LeftOut]]:
    """The layer of a folder that has a `catalogue.toml`, a home's or a brief's; or why it can't
    be used."""
    path = folder / NAME
    if not path.is_file():
        return [], []
    try:
        return [read_layer(path, origin=str(path))], []
    except ValueError as error:
        return [], [LeftOut(what=str(path), why=str(error))]


def read_layer(path: Path, *, origin: str) -> CatalogueLayer:
    """The entries of a file; its `file:` sources are relative to its folder, and stay in it.

    Raises ValueError: what is wrong with it, for people.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(f"larger than {MAX_BYTES >> 20} MiB")
        entries = read_catalogue(path.read_text("utf-8")).values()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"it can't be read: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{first['input']!r:.60}: {where}: {first['msg']}") from error
    except (KeyError, TypeError) as error:
        raise ValueError("it holds no [[entry]]") from error
    root = path.parent.resolve()
    return CatalogueLayer(origin=origin, entries=tuple(_checked(item, root) for item in entries))


def _checked(item: WeightsEntry, root: Path) -> WeightsEntry:
    for what, right in (
        ("sha256", _SHA256.fullmatch(item.sha256)),
        ("file", _PLAIN.fullmatch(item.file)),
        ("name", _PLAIN.fullmatch(item.name)),
        ("size", item.size > 0),
        ("licence", item.licence.strip()),
    ):
        if not right:
            raise ValueError(f"{item.name}: {what} is {getattr(item, what)!r:.80}")
    sources = tuple(
        _rooted(one, root) if isinstance(one, str) else tuple(_rooted(part, root) for part in one)
        for one in item.sources
    )
    return item.model_copy(update={"sources": sources})


def _rooted(source: str, root: Path) -> str:
    """A source with its path made absolute. Raises ValueError if it leaves the folder."""
    parsed = parse_source(source)
    if parsed.scheme != "file":
        return source
    try:
        path = (root / parsed.path).resolve()
    except (OSError, RuntimeError) as error:  # a link that leads to itself
        raise ValueError(f"{source} can't be followed: {error}") from error
    if not path.is_relative_to(root):
        raise ValueError(f"{source} leads out of the catalogue's folder")
    return f"file:{path}"


def _plugin_layers(problems: Problems) -> Iterator[CatalogueLayer]:
    """Layers of the packages that an entry point of `berg.catalogue` names; none is imported."""
    for entry in entries_of("berg.catalogue"):
        try:
            spec = find_spec(entry.value)
            places = list(spec.submodule_search_locations or ()) if spec else []
            path = next((Path(p) / NAME for p in places if (Path(p) / NAME).is_file()), None)
            if path is None:
                raise ValueError(f"{entry.value} is no package with a {NAME}")
            yield read_layer(path, origin=entry.dist.name if entry.dist else entry.value)
        except (Exception, SystemExit) as error:  # looking for a module runs its parent
            problems.add(entry, error)
