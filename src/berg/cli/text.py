"""Small words of the command line: lengths of time, sizes, tables, and how wide text is."""

import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def duration(seconds: float) -> str:
    """`8 s`, `2 min 10 s`, `1 h 5 min`."""
    whole = max(1, round(seconds))
    if whole < 90:
        return f"{whole} s"
    if whole < 5400:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def size(count: int) -> str:
    """Bytes, in powers of ten."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= scale:
            return f"{count / scale:.1f} {unit}"
    return f"{count} B"


def plural(count: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def cells(text: str) -> int:
    """Columns of a terminal that a text takes (Unicode TR11: wide ones take two)."""
    return sum(_cell(character) for character in text)


def fit(text: str, width: int) -> str:
    """The text, cut to at most `width` columns; what is cut shows as `…`."""
    if cells(text) <= width:
        return text
    kept, used = [], 0
    for character in text:
        used += _cell(character)
        if used > width - 1:
            break
        kept.append(character)
    return "".join(kept) + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """The text, filled up to `width` columns."""
    return text + " " * max(0, width - cells(text))


def printable(text: str) -> str:
    """One line without control characters, so that no text can move a terminal's cursor."""
    return "".join(c if not unicodedata.category(c).startswith("C") else "\ufffd" for c in text)


def printable_lines(text: str) -> str:
    """Lines that can't move a terminal's cursor."""
    return "\n".join(printable(line) for line in text.split("\n"))


def tell(said: str) -> None:
    """Say something on standard error while a command is at work."""
    print(printable_lines(said), file=sys.stderr, flush=True)


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows with columns under each other."""
    rows = list(rows)
    if not rows:
        return []
    widths = [max(cells(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def said_no(document: Mapping[str, Any]) -> str:
    """The error in the document of a check that said no; nothing in any other."""
    return "" if document["ok"] else f"berg: {document['error']['message']}"


def _cell(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
