"""Tables: a CSV or JSON Lines file with a row for each person or thing something is made for.

Read as a stream: a table of any length takes the memory of one row. The heading must be right for
anything to begin; what is wrong with a row is that row's fault, and the next one is read.
Not here: whether a row's values fit the texts they go into (`berg.lines.rows`).
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from berg.brief.faults import Faults
from berg.brief.fields import Field
from berg.brief.paths import is_plain_file
from berg.brief.plain_text import refused_in
from berg.brief.row_id import row_id
from berg.brief.sources import Sources
from berg.brief.table_lines import Lines, LongRowError, object_in
from berg.errors import BergError
from berg.schema.brief import Table

MAX_BYTES = 4 << 30
MAX_COLUMNS = 200
MAX_HEADING = 64
"""Characters of a column's name."""
FORMATS: dict[str, Literal["csv", "jsonl"]] = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv", ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}  # fmt: skip
"""Format by the file's ending."""
DELIMITERS = ",;\t"
_WHAT = "the path of a .csv or .jsonl file"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row, as it stands in the table."""

    number: int
    """Number of the row from 1, the heading and blank lines not counted."""
    line: int
    """Where it begins in the file, from 1."""
    id: str
    """From its column `id`, else number and digest of its values. Safe in a file's name. Rows may
    have the same one: whoever uses them must see to that."""
    values: dict[str, str]
    """Value by column; a value that isn't there is missing."""
    fault: str | None = None
    """Why the row can't be used at all."""


class _BadTableError(Exception):
    """The table can't be read; the message says why."""


def read_table(field: Field, sources: Sources) -> Table | None:
    """The table that a field names, its heading checked; None after a fault."""
    path = sources.folder.find(field, _WHAT)
    if path is None:
        return None
    shown = Faults.quote(sources.folder.name_of(path))
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        return field.wants(_WHAT)
    if not is_plain_file(path):
        return field.fault(f"{field.path}: {shown} is no plain file")
    try:
        if path.stat().st_size > MAX_BYTES:
            return field.fault(f"{field.path}: {shown} is larger than {MAX_BYTES >> 30} GiB")
        columns = _columns(path, form)
        asset = sources.adopt(path)
    except _BadTableError as error:
        return field.fault(f"{field.path}: {shown}: {error}")
    except OSError as error:
        return field.fault(f"{field.path}: {shown} can't be read: {error.strerror or error}")
    except BergError as error:
        return field.fault(f"{field.path}: {error.message}")
    return Table(source=asset, name=sources.folder.name_of(path), format=form, columns=columns)


def rows_of(path: Path, table: Table) -> Iterator[Row]:
    """The rows in the table's order, each read when it is asked for. Raises OSError."""
    with _open(path) as file:
        lines = Lines(file)
        found = _csv_rows(lines) if table.format == "csv" else _json_rows(lines)
        if table.format == "csv":
            next(found, None)
        for number, (line, cells) in enumerate(found, start=1):
            yield _row(number, line, cells, table.columns)


def count_rows(path: Path, table: Table) -> int:
    """How many rows `rows_of` gives; quicker than asking it. Raises OSError."""
    with _open(path) as file:
        lines = Lines(file)
        found = _csv_rows(lines) if table.format == "csv" else _json_rows(lines)
        return sum(1 for _ in found) - (table.format == "csv")


def _row(number: int, line: int, cells: Any, columns: tuple[str, ...]) -> Row:
    fault = cells if isinstance(cells, str) else None
    values: dict[str, str] = {}
    if isinstance(cells, list):
        values = dict(zip(columns, cells, strict=False))
        if any(cell.strip() for cell in cells[len(columns) :]):
            fault = (
                f"{len(cells)} cells, but {len(columns)} columns; put texts with commas in quotes"
            )
    elif isinstance(cells, Mapping):
        values = {name: cells[name] for name in columns if cells.get(name) is not None}
    if fault is None and not all(map(_is_text, values.values())):
        fault = "is not UTF-8; save the table as UTF-8"
    name, problem = row_id(number, values)
    return Row(number=number, line=line, id=name, values=values, fault=fault or problem)


def _is_text(value: str) -> bool:
    try:
        return value.isascii() or bool(value.encode())
    except UnicodeEncodeError:
        return False


def _open(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _columns(path: Path, form: str) -> tuple[str, ...]:
    """The names of the columns, checked. Raises _BadTableError, OSError."""
    with path.open("rb") as raw:
        if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise _BadTableError("it is UTF-16; save it as UTF-8")
    with _open(path) as file:
        lines = Lines(file)
        found = _csv_rows(lines) if form == "csv" else _json_rows(lines)
        line, first = next(found, (1, []))
        if isinstance(first, str):
            raise _BadTableError(f"line {line} {first}")
        if next(found, None) is None and form == "csv":
            raise _BadTableError("it has no rows; the first line is the heading, rows come below")
    return _checked([str(name) for name in first], form)


def _checked(raw: list[str], form: str) -> tuple[str, ...]:
    names = [unicodedata.normalize("NFC", name.strip()) if form == "csv" else name for name in raw]
    what = "the heading" if form == "csv" else "the first row"
    if not names:
        raise _BadTableError("it is empty")
    if len(names) > MAX_COLUMNS:
        raise _BadTableError(f"{len(names)} columns; at most {MAX_COLUMNS} are read")
    for number, name in enumerate(names, start=1):
        shown = Faults.quote(name)
        if not name:
            raise _BadTableError(f"column {number} of {what} has no name; give it one")
        if refused_in(name) or re.search(r"[{}\n\r\t]", name):
            raise _BadTableError(f"{shown} in {what} has braces or control characters; rename it")
        if len(name) > MAX_HEADING:
            raise _BadTableError(f"{shown} in {what} has more than {MAX_HEADING} characters")
        if name in names[: number - 1]:
            raise _BadTableError(f"{shown} is twice in {what}; rename one")
    return tuple(names)


def _csv_rows(lines: Lines) -> Iterator[tuple[int, Any]]:
    """(line, cells), or (line, what is wrong with it); blank lines are left out."""
    head = lines.peek()
    reader = csv.reader(lines, delimiter=_delimiter(head), strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except LongRowError as error:
            yield lines.first, str(error)
        except csv.Error as error:
            yield lines.first, f"is no row of a table: {_reason(error, lines)}"
        else:
            if cells:
                yield lines.first, cells


def _reason(error: csv.Error, lines: Lines) -> str:
    said = str(error)
    if "unexpected end of data" in said:
        return "a quote is opened and never closed"
    if "expected after" in said:
        return f"text behind a closing quote, in line {lines.number}"
    return said


def _delimiter(head: str) -> str:
    """What parts the heading's cells: whichever of comma, semicolon, tab is there most."""
    bare = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=bare.count)


def _json_rows(lines: Lines) -> Iterator[tuple[int, Any]]:
    """(line, values by name), or (line, what is wrong with it)."""
    while True:
        lines.begin()
        try:
            text = next(lines)
        except StopIteration:
            return
        except LongRowError as error:
            yield lines.first, str(error)
            continue
        if text.strip():
            yield lines.first, object_in(text)
