"""rows.report.csv: the rows that were left out, and why; and those that a table has no more."""

import csv
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from berg.delivery.aside import part_of

REPORT = "rows.report.csv"
HEADING = ("make", "row", "id", "what was wrong")
MOST_SAID = 500
"""Characters of a reason."""


class RowReport:
    """Written aside while a run goes on, put in its place at its end. Memory stays flat."""

    def __init__(self, folder: Path) -> None:
        self._target = folder / REPORT
        self._part = part_of(self._target)
        self._file: Any = None
        self.left_out = 0
        self.lines = 0

    def add(self, ask: str, number: int, row: str, problem: str) -> None:
        """A row was left out."""
        self.left_out += 1
        self._write(ask, number, row, problem)

    def gone(self, ask: str, number: int, row: str, first: str) -> None:
        """A row that was delivered before is not in its table any more."""
        self._write(ask, number, row, f"not in the table any more; its files stay, such as {first}")

    def finish(self) -> str | None:
        """Put it in its place, or away with an older one; its name, None if nothing is in it."""
        if self._file is None:
            self._target.unlink(missing_ok=True)
            return None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._target)
        self._file = None
        return REPORT

    def drop(self) -> None:
        """Forget what was not finished."""
        if self._file is not None:
            self._file.close()
            with suppress(OSError):
                self._part.unlink(missing_ok=True)

    def _write(self, *cells: object) -> None:
        if self._file is None:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._part.open("w", encoding="utf-8", newline="", errors="replace")
            csv.writer(self._file).writerow(HEADING)
        self.lines += 1
        csv.writer(self._file).writerow([inert(cell) for cell in cells])


def inert(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula (CWE-1236), on one line."""
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell[: 2 * MOST_SAID].split())[:MOST_SAID]
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
