"""Sorting the rows of tables: which are as they were, which can't be made, which are to be made."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from berg.brief.table import Row
from berg.lines.rows import RowError
from berg.service._rows_ask import Each
from berg.service._rows_book import Book
from berg.service._rows_report import Report

BREATH = 200
"""Rows after which the one who sorts lets others have a turn."""
FILES_IN_FOLDER = 1000
BESIDE = 4
"""A file and what may stand beside it: label, manifest, proof."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Todo:
    """A row to make."""

    each: Each
    row: Row
    digest: str
    shard: int
    """Number of the folder in which its files will lie."""


class Sorter:
    """Goes through all rows once."""

    def __init__(self, each: Sequence[Each], book: Book, report: Report, folder: Path) -> None:
        self._each, self._book, self._report, self._folder = each, book, report, str(folder)
        self.kept = 0
        self.seen = 0
        self.rows_in_folder = 1

    def fits(self, files: int) -> None:
        """A row has so many files; what else a folder holds follows."""
        self.rows_in_folder = max(1, FILES_IN_FOLDER // (BESIDE * max(1, files)))

    def wanted(self) -> Iterator[Todo | None]:
        """Rows to make, in the tables' order; now and then None, which is none."""
        for each in self._each:
            shard, count = self._book.shards(each.name)
            for row in each.rows():
                self.seen += 1
                if self.seen % BREATH == 0:
                    yield None
                digest = self._judged(each, row)
                if digest is None:
                    continue
                before = self._book.done(each.name, row.id)
                if (
                    before is not None
                    and before.digest == digest
                    and is_there(self._folder, before.paths)
                ):
                    self.kept += 1
                    continue
                if before is None:
                    if count >= self.rows_in_folder:
                        shard, count = shard + 1, 0
                    count += 1
                place = shard if before is None else before.shard
                yield Todo(each=each, row=row, digest=digest, shard=place)

    def _judged(self, each: Each, row: Row) -> str | None:
        """The row's digest; None when it is left out."""
        earlier = self._book.meet(each.name, row.id, row.number)
        try:
            if earlier is not None:
                raise RowError(f"row {earlier} has the same id; ids must differ, not in case alone")
            return each.digest(row)
        except RowError as error:
            self._report.add(each.name, row.number, row.id, error.message)
            return None


def is_there(folder: Path | str, paths: Sequence[str]) -> bool:
    """Whether all files of a row are in their places; not whether they are whole."""
    return all(os.path.exists(f"{folder}/{path}") for path in paths)
