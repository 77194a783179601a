"""Footage: the pictures and clips of a folder, or those that a list names."""

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from berg.brief.captions_file import CAPTION_FILES, read_captions
from berg.brief.faults import Faults
from berg.brief.fields import Field
from berg.brief.sources import Sources
from berg.language.bag import bag
from berg.schema.media import Source

MAX_FILES = 500
"""Pictures and clips of one short."""
MAX_ENTRIES = 5_000
"""Names looked at in a folder, whatever they are."""
MAX_DEPTH = 4
"""Folders within folders that are read, the named one included."""

PICTURES = bag(
    """
    jpg jpeg png webp tif tiff bmp gif avif heic heif jp2 jxl
    """
)
CLIPS = bag(
    """
    mp4 mov m4v mkv webm avi mpg mpeg ts mts m2ts 3gp ogv wmv flv mxf apng
    """
)
KNOWN = PICTURES | CLIPS
"""Extensions (without the dot) that make a file in a folder footage; others are skipped."""

_DIGITS = re.compile(r"([0-9]+)")


class _TooMuchError(Exception):
    """A folder holds more than is read."""


@dataclass(frozen=True, slots=True)
class Footage:
    """Reads one `footage:` field."""

    field: Field
    sources: Sources

    def read(self) -> tuple[Source, ...]:
        """All sources in natural order of their names; empty after a fault."""
        what = "the path of a folder, or a list of files"
        if self.field.word():
            path = self.sources.folder.find(self.field, what)
            if path is None:
                return ()
            if path.is_dir():
                return self._folder(path)
            return self._checked([(self.field, path)], {})
        items = self.field.items(what, least=1, most=MAX_FILES) or []
        found = [(item, self.sources.folder.find(item, "the path of a file")) for item in items]
        return self._checked([(item, path) for item, path in found if path], {})

    def _folder(self, folder: Path) -> tuple[Source, ...]:
        root = self.sources.folder
        shown = Faults.quote(self.field.word())
        before = len(self.field.faults)
        try:
            listing = sorted(_files(folder), key=lambda p: natural(root.name_of(p)))
        except _TooMuchError as error:
            self.field.fault(f"{self.field.path}: {shown} {error}")
            return ()
        except OSError as error:
            self.field.fault(f"{self.field.path}: {shown} can't be read: {error.strerror}")
            return ()
        media = [p for p in listing if p.suffix.lower().lstrip(".") in KNOWN]
        names = {unicodedata.normalize("NFC", p.relative_to(folder).as_posix()): p for p in media}
        captions = [p for p in listing if p.parent == folder and p.name in CAPTION_FILES]
        words = read_captions(self.field, captions, sorted(names), root)
        by_path = {names[name]: text for name, text in words.items()}
        found = self._checked([(self.field, p) for p in media], by_path)
        if not media and len(self.field.faults) == before:
            allowed = "JPEG, PNG, WebP, MP4, MOV …"
            self.field.fault(f"{self.field.path}: {shown} holds no pictures or clips ({allowed})")
        return found

    def _checked(
        self, files: list[tuple[Field, Path]], words: dict[Path, str]
    ) -> tuple[Source, ...]:
        root = self.sources.folder
        found: dict[str, Source] = {}
        for field, path in files:
            name, real = root.name_of(path), root.inside(path)
            if isinstance(real, str):
                field.fault(f"{field.path}: {Faults.quote(name)} {real}")
                continue
            if real.is_dir():
                field.fault(f"{field.path}: {Faults.quote(name)} is a folder; name its files")
                continue
            source = self.sources.read(field, real, name=name, words=words.get(path, ""))
            if source is None:
                continue
            if source.facts.kind == "audio":
                field.fault(f"{field.path}: {Faults.quote(name)} is a sound; use it as music:")
            elif source.name in found:
                field.fault(f"{field.path}: {Faults.quote(name)} is there twice; delete one")
            else:
                found[source.name] = source
        return tuple(found.values())


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A sorting key by which `2.jpg` comes before `10.jpg`, whatever the case; then by the name."""
    parts = _DIGITS.split(name.casefold())
    return (*((len(p.lstrip("0")), p) if p.isdigit() else (0, p) for p in parts), (0, name))


def _files(folder: Path) -> list[Path]:
    """Files and links below a folder; hidden ones and linked folders are skipped."""
    looked = list(_walk(folder, 1))
    media = sum(p.suffix.lower().lstrip(".") in KNOWN for p in looked)
    if media > MAX_FILES:
        raise _TooMuchError(f"holds {media:,} pictures and clips; at most {MAX_FILES} are used")
    return looked


def _walk(folder: Path, depth: int, seen: list[int] | None = None) -> Iterator[Path]:
    count = seen if seen is not None else [0]
    with os.scandir(folder) as entries:
        for entry in entries:
            count[0] += 1
            if count[0] > MAX_ENTRIES:
                raise _TooMuchError(f"holds more than {MAX_ENTRIES:,} files; name a smaller folder")
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth == MAX_DEPTH:
                    raise _TooMuchError(f"has folders nested more than {MAX_DEPTH} deep")
                yield from _walk(folder / entry.name, depth + 1, count)
            elif not entry.is_dir():
                yield folder / entry.name
