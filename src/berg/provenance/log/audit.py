"""Reading a whole log again: every entry, every tile, up to the signed root. It mends nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from berg.errors import BergError
from berg.provenance.log.edge import Edge
from berg.provenance.log.entry import parse_entry
from berg.provenance.log.errors import NoteError
from berg.provenance.log.reader import LogReader
from berg.provenance.log.tiles import WIDTH, Tiles

MAX_PROBLEMS = 20
"""After so many, the rest of a damaged log is not listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Audit:
    """What reading everything again came to."""

    size: int
    """Entries that the checkpoint promises."""
    tiles: int
    """Tile and bundle files that were compared."""
    problems: tuple[str, ...]
    """What is wrong, in words; empty when all is as signed."""


def audit(log: LogReader) -> Audit:
    """Make the tree anew from its entries and hold everything published against it.

    Memory does not grow with the log. A log that was rewritten as a whole, and signed again with
    its key, passes: only witnesses and older checkpoints catch that (`consistency`).
    """
    problems: list[str] = []
    seen = 0
    try:
        size = log.head().size
        for found in _compare(log):
            seen += 1
            problems += [found] if found else []
            if len(problems) >= MAX_PROBLEMS:
                break
    except BergError as error:
        problems.append(error.message)
        size = 0
    return Audit(size=size, tiles=seen, problems=tuple(problems))


def _compare(log: LogReader) -> Iterator[str | None]:
    """For every file: None, or what is wrong."""
    head = log.head()
    tiles, edge = Tiles(log.folder, head.size), Edge(Tiles(log.folder, 0))
    for bundle in range(-(-head.size // WIDTH)):
        leaves = tiles.bundle(bundle)
        yield from _foreign(bundle, leaves)
        for name, data in edge.add(leaves):
            if ".p/" not in name:
                yield _differs(log, name, data)
    for name, data in edge.partials():
        yield _differs(log, name, data)
    if edge.root() != head.root:
        yield "the entries do not lead to the root that the checkpoint states"


def _foreign(bundle: int, leaves: list[bytes]) -> Iterator[str]:
    for at, leaf in enumerate(leaves):
        try:
            parse_entry(leaf)
        except NoteError as error:
            yield f"entry {bundle * WIDTH + at}: {error.message}"


def _differs(log: LogReader, name: str, data: bytes) -> str | None:
    try:
        there = (log.folder / name).read_bytes()
    except FileNotFoundError:
        return None if ".p/" in name and _full(log, name) else f"{name} is missing"
    return None if there == data else f"{name} is not what the entries say"


def _full(log: LogReader, name: str) -> bool:
    """Whether the full tile has taken a partial one's place (an append since we began)."""
    return (log.folder / name.partition(".p/")[0]).exists()
