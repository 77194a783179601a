"""A captions file beside the footage: what each picture shows, in words.

`captions.yaml` maps file names to words; `captions.csv` has the columns `file` and `words`.
"""

import csv
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from berg.brief import yaml_tree
from berg.brief.faults import Faults, Place, did_you_mean
from berg.brief.fields import Field
from berg.brief.paths import Folder, is_plain_file
from berg.brief.plain_text import refused_in

MAX_WORDS = 300
"""Characters of the words of one picture."""

Words = dict[str, str]


def read_captions(
    field: Field, files: Sequence[Path], names: Sequence[str], folder: Folder
) -> Words:
    """Words by file name, for those of `names` that have any. Faults go to `field`'s place, each
    with its own file, line and column.
    """
    if len(files) > 1:
        both = " and ".join(path.name for path in files)
        field.fault(f"{field.path}: there are {both}; keep one")
        return {}
    for path in files:
        real = folder.inside(path)
        if isinstance(real, str) or not is_plain_file(real):
            field.fault(f"{field.path}: {path.name} is no plain file in the brief's folder")
            return {}
        faults = Faults(folder.name_of(path))
        try:
            with real.open("rb") as file:
                data = file.read(yaml_tree.MAX_BYTES + 1)
        except OSError as error:
            field.fault(f"{field.path}: {path.name} can't be read: {error.strerror}")
            return {}
        words = CAPTION_FILES[path.name](data, names, faults)
        if len(faults):
            for line in faults.error().message.splitlines():
                field.fault(f"{field.path}: {line}")
            return {}
        return words
    return {}


def _read_yaml(data: bytes, names: Sequence[str], faults: Faults) -> Words:
    root = yaml_tree.parse(data, faults)
    if root is None:
        return {}
    found: Words = {}
    for key, value in Field(root, "", faults).entries("a map: file name to words") or []:
        name = _known(key.text, names, key.place, faults)
        words = value.text("what the picture shows, in words", most=MAX_WORDS, lines=True)
        if name and words:
            found[name] = " ".join(words.split())
    return found


def _read_csv(data: bytes, names: Sequence[str], faults: Faults) -> Words:
    if len(data) > yaml_tree.MAX_BYTES:
        faults.add(Place(0, 0), "", "larger than 1 MiB")
        return {}
    try:
        text = data.decode("utf-8-sig")
        rows = list(csv.reader(text.splitlines(), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        faults.add(Place(1, 1), "", f"not UTF-8 text with commas: {error}")
        return {}
    if not rows or [cell.strip() for cell in rows[0]] != ["file", "words"]:
        faults.add(Place(1, 1), "", "the first line must be: file,words")
        return {}
    found: Words = {}
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        place = Place(number, 1)
        if len(row) != 2:
            faults.add(place, "", f"{len(row)} columns, not 2; put words with commas in quotes")
            continue
        name = _known(unicodedata.normalize("NFC", row[0].strip()), names, place, faults)
        words = _clean(row[1], place, faults)
        if name in found:
            faults.add(place, "", f"{faults.quote(name)} is given twice; delete one")
        elif name and words:
            found[name] = words
    return found


def _clean(raw: str, place: Place, faults: Faults) -> str:
    words = unicodedata.normalize("NFC", " ".join(raw.split()))
    bad = refused_in(raw)
    if bad or not words or len(words) > MAX_WORDS:
        faults.add(place, "", f"words: {bad or f'write 1 to {MAX_WORDS} characters'}")
        return ""
    return words


def _known(name: str, names: Sequence[str], place: Place, faults: Faults) -> str:
    if name in names:
        return name
    hint = did_you_mean(name, names) or "; there is no such picture or clip"
    faults.add(place, "", f"{faults.quote(name)}{hint}")
    return ""


CAPTION_FILES: dict[str, Callable[[bytes, Sequence[str], Faults], Words]] = {
    "captions.yaml": _read_yaml,
    "captions.csv": _read_csv,
}
"""Readers by the names that a captions file may have."""
