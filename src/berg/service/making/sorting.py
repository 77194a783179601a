"""Sorting the rows of tables: which are as they were, which can't be made, which are to be made."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from berg.brief.table import Row
from berg.delivery.journal import RowEntry
from berg.lines.rows import RowError
from berg.service._rows_ask import PerRow
from berg.service.making.book import Book

FILES_IN_FOLDER = 1000
BESIDE = 4
"""A file and what may stand beside it: label, manifest, proof."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorted:
    """A row, looked at and not walked."""

    each: PerRow
    row: Row
    digest: str = ""
    """Digest of everything that decides what it becomes."""
    before: RowEntry | None = None
    """What was delivered for it before."""
    kept: bool = False
    """Whether that is what it would become, and is there."""
    problem: str | None = None
    """Why it can't be made."""


def sort_rows(each: Sequence[PerRow], book: Book, folder: Path) -> Iterator[Sorted]:
    """All rows of all tables, in order, each once."""
    for ask in each:
        for row in ask.rows():
            yield _sorted(ask, row, book, folder)


def _sorted(each: PerRow, row: Row, book: Book, folder: Path) -> Sorted:
    earlier = book.meet(each.name, row.id, row.number)
    try:
        if earlier is not None:
            raise RowError(f"row {earlier} has the same id; ids must differ, not in case alone")
        digest = each.digest(row)
    except RowError as error:
        return Sorted(each=each, row=row, problem=error.message)
    before = book.done(each.name, row.id)
    kept = before is not None and before.digest == digest and is_there(folder, before.paths)
    return Sorted(each=each, row=row, digest=digest, before=before, kept=kept)


def is_there(folder: Path, paths: Sequence[str]) -> bool:
    """Whether all files of a row are in their places; not whether they are whole."""
    place = str(folder)
    return all(os.path.exists(f"{place}/{path}") for path in paths)


class RowFolders:
    """Which folder each row's files lie in: no more in one than people can open."""

    def __init__(self, book: Book, *, files_of_a_row: int) -> None:
        self._book = book
        self._rows = max(1, FILES_IN_FOLDER // (BESIDE * max(1, files_of_a_row)))
        self._last: dict[str, tuple[int, int]] = {}

    def shard(self, row: Sorted) -> int:
        """Number of the folder: where the row lay before, else where there is room."""
        if row.before is not None:
            return row.before.shard
        shard, count = self._last.get(row.each.name) or self._book.shards(row.each.name)
        if count >= self._rows:
            shard, count = shard + 1, 0
        self._last[row.each.name] = shard, count + 1
        return shard
