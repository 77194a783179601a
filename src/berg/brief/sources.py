"""Files that a brief names, checked by opening them and adopted by content."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from berg.brief.faults import Faults
from berg.brief.fields import Field
from berg.brief.paths import Folder, is_plain_file
from berg.brief.plain_text import refused_in
from berg.brief.svg import svg_facts
from berg.carriers.aigc import read_labels
from berg.errors import MediaError
from berg.media.probe import probe
from berg.schema.asset import Asset
from berg.schema.media import MediaFacts, Source

Adopt = Callable[[Path], Asset]
"""Hashes a file and makes it known to the store."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Opens what a brief names; every MediaError becomes a fault at the field that named it."""

    folder: Folder
    adopt: Adopt

    def read(self, field: Field, path: Path, *, name: str, words: str = "") -> Source | None:
        """A checked file; None after a fault."""
        shown = Faults.quote(name)
        if refused_in(name) or "\n" in name or "\t" in name:
            return field.fault(f"{field.path}: {shown} has a control character; rename it")
        if not is_plain_file(path):
            return field.fault(f"{field.path}: {shown} is no plain file")
        try:
            facts = svg_facts(path) if path.suffix.lower() == ".svg" else probe(path)
            asset, aigc = self.adopt(path), _label_of(path)
        except MediaError as error:
            return field.fault(f"{field.path}: {error.message}")
        except OSError as error:
            return field.fault(f"{field.path}: {shown} can't be read: {error.strerror or error}")
        named = unicodedata.normalize("NFC", name)
        return Source(name=named, asset=asset, facts=facts, words=words, aigc=aigc)

    def logo(self, field: Field) -> Source | None:
        """A logo: SVG, PNG or JPEG; None after a fault."""
        path = self.folder.find(field, "the path of an SVG, PNG or JPEG file")
        if path is None:
            return None
        if path.suffix.lower() not in (".svg", ".png", ".jpg", ".jpeg"):
            return field.wants("the path of an SVG, PNG or JPEG file")
        source = self.read(field, path, name=self.folder.name_of(path))
        if source and source.facts.kind != "image":
            return field.fault(f"{field.path}: {Faults.quote(source.name)} is no picture")
        return source

    def music(self, field: Field) -> Source | None:
        """A piece of music; None after a fault, and for `none`."""
        if field.word() == "none":
            return None
        if field.word() == "compose":
            return field.fault(f"{field.path}: compose is not in this version; use a path, or none")
        path = self.folder.find(field, "the path of a sound file, or none")
        if path is None:
            return None
        source = self.read(field, path, name=self.folder.name_of(path))
        if source and not _sounds(source.facts):
            return field.fault(f"{field.path}: {Faults.quote(source.name)} has no sound")
        return source


def _label_of(path: Path) -> str | None:
    """The AIGC label that a file came with, as JSON; the first sound one, if it has several."""
    labels = [found.label for found in read_labels(path) if found.label is not None]
    return labels[0].to_json() if labels else None


def _sounds(facts: MediaFacts) -> bool:
    return facts.kind == "audio" or facts.sample_rate > 0
