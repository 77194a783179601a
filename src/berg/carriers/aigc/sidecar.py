"""The label beside a file, for formats that have no place for it: `<name>.aigc.json`."""

from collections.abc import Iterator
from pathlib import Path

from berg.carriers.aigc.places import PlacedText, plain_text
from berg.carriers.aigc.source import OutputPiece, SourceFile

SUFFIX = ".aigc.json"
RIGHT = "sidecar (.aigc.json)"
_MOST = 64 << 10


def sidecar_of(path: Path) -> Path:
    """Where the label of a file stands that can't hold it."""
    return path.with_name(path.name + SUFFIX)


def texts_beside(path: Path) -> Iterator[PlacedText]:
    """The label in the file beside, if there is one that can be read."""
    beside = sidecar_of(path)
    try:
        if not beside.is_file() or beside.is_symlink():
            return
        with beside.open("rb") as file:
            raw = file.read(_MOST + 1)
    except (OSError, ValueError):
        return
    yield from plain_text(RIGHT, raw.strip())


def texts(file: SourceFile) -> Iterator[PlacedText]:
    """Nothing: the format has no carrier."""
    return iter(())


def labelled(file: SourceFile, text: str) -> Iterator[OutputPiece]:
    """The file as it is."""
    yield (0, file.size)
