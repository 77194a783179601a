"""Reading labels: from any file, by what it is, in every place of it and beside it.

Files may be hostile: nothing is executed or fetched, no file is read whole, and lengths, depths
and counts are bounded. What is damaged is said, and what was found before still counts.
"""

from itertools import islice
from pathlib import Path

from berg.carriers.aigc import sidecar
from berg.carriers.aigc.carriers import carrier_for
from berg.carriers.aigc.found import FoundLabel, Scan, found_label
from berg.carriers.aigc.kinds import kind_of
from berg.carriers.aigc.source import SourceFile
from berg.errors import MediaError
from berg.media.probe.sniff import regular_file

MOST_LABELS = 64
MOST_BYTES = 1 << 44


def read_labels(path: Path) -> tuple[FoundLabel, ...]:
    """Every AIGC label of a file: in its carriers, then beside it. Empty when there is none.

    Raises:
        MediaError: there is no such plain file, or it can't be read at all.
    """
    return scan_labels(path).labels


def scan_labels(path: Path) -> Scan:
    """As `read_labels`, with the file's format, the right carrier for it, and its damage."""
    regular_file(path, most=MOST_BYTES)
    found: list[FoundLabel] = []
    damage = None
    try:
        with path.open("rb") as opened:
            file = SourceFile(opened, path.name)
            kind = kind_of(file)
            carrier = carrier_for(kind)
            try:
                for place, text in islice(carrier.texts(file), MOST_LABELS):
                    found.append(found_label(place, text))
            except MediaError as error:
                damage = error.message
    except OSError as error:
        raise MediaError(f"{path.name}: can't be read: {error}", where=path.name) from error
    found += [found_label(place, text) for place, text in sidecar.texts_beside(path)]
    return Scan(kind=kind, labels=tuple(found), right=carrier.right, damage=damage)
