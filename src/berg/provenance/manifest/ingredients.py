"""Sources as ingredients: each with the manifest that its own bytes carry, if they carry one.

A source whose bytes have none is told by name and digest alone, and isn't read. One whose
manifest can't be carried is told the same way: a damaged source must not keep a film from being
signed, and its state is the library's to judge, not ours to hide.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import c2pa

from berg.provenance.manifest import library
from berg.provenance.manifest.claim import ManifestClaim
from berg.provenance.manifest.definition import ingredient_label, ingredient_of
from berg.provenance.manifest.formats import embeds

PARENT = "parent"
"""Label of the ingredient that stands for the file's own earlier manifest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """An ingredient whose manifest is in the bytes at `path`."""

    definition: dict[str, Any]
    media_type: str
    path: Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Ingredients:
    """What goes into one manifest."""

    told: tuple[dict[str, Any], ...]
    """The source told by name and digest alone."""
    carried: tuple[Carried, ...]
    opened: str | None
    """Label of the parent, if there is one."""


def ingredients_of(claim: ManifestClaim, source: Path) -> Ingredients:
    """The claim's sources, and `source` itself if it has been signed before."""
    told: list[dict[str, Any]] = []
    carried: list[Carried] = []
    opened: str | None = None
    for place, used in enumerate(claim.sources):
        definition = ingredient_of(used, place)
        if used.role == "parent":
            opened = ingredient_label(place)
        if has_manifest(Path(used.path), used.media_type):
            carried.append(_carried(definition, used.media_type, Path(used.path)))
        else:
            told.append(definition)
    if has_manifest(source, claim.media_type):
        carried.append(_carried(_earlier(claim, opened), claim.media_type, source))
        opened = opened or PARENT
    return Ingredients(told=tuple(told), carried=tuple(carried), opened=opened)


def _earlier(claim: ManifestClaim, opened: str | None) -> dict[str, Any]:
    relationship = "componentOf" if opened else "parentOf"
    return {
        "title": claim.title,
        "format": claim.media_type,
        "relationship": relationship,
        "label": PARENT,
    }


def _carried(definition: dict[str, Any], media_type: str, path: Path) -> Carried:
    own = {name: value for name, value in definition.items() if name != "instance_id"}
    return Carried(definition=own, media_type=media_type, path=path)


def has_manifest(path: Path, media_type: str) -> bool:
    """Whether the bytes at `path` hold a manifest, unchecked. False if they can't be read."""
    format_inside = embeds(media_type)
    if format_inside is None:
        return False
    try:
        stat = path.stat()
    except OSError:
        return False
    return _has_manifest(str(path), format_inside, stat.st_ino, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=1024)
def _has_manifest(path: str, format_inside: str, *_stamp: int) -> bool:
    try:
        with (
            open(path, "rb") as file,
            c2pa.Reader(format_inside, file, context=library.unchecked()),
        ):
            return True
    except (c2pa.C2paError, OSError):
        return False
