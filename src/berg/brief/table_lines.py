"""Lines of a table, bounded: nothing in a file makes berg hold more than one row of it."""

import json
from typing import Any, TextIO

MAX_ROW = 1 << 20
"""Characters of a row."""


class LongRowError(Exception):
    """A row is longer than is read; reading goes on after it."""

    def __init__(self) -> None:
        super().__init__(f"is longer than {MAX_ROW >> 20} MiB; is a quote never closed?")


class Lines:
    """Lines with their ends, as `csv.reader` wants them; knows where it is.

    Not a generator: it goes on after it has raised.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._peeked: str | None = None
        self._size = 0
        self._fresh = True
        self.number = 0
        """Number of the last line given, from 1."""
        self.first = 1
        """Number of the line with which the row began."""

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        """Raises LongRowError after a row's worth of lines; the rest of the line is passed by."""
        line = self._peeked if self._peeked is not None else self._file.readline(MAX_ROW + 1)
        self._peeked = None
        if not line:
            raise StopIteration
        self.number += 1
        if self._fresh:
            self.first, self._fresh = self.number, False
        self._size += len(line)
        if self._size > MAX_ROW:
            while line and not line.endswith(("\n", "\r")):
                line = self._file.readline(MAX_ROW)
            raise LongRowError
        return line

    def begin(self) -> None:
        """A row begins with the next line."""
        self._size, self._fresh = 0, True

    def peek(self) -> str:
        """The next line, not taken yet."""
        self._peeked = self._file.readline(MAX_ROW + 1)
        return self._peeked


class _TwiceError(ValueError):
    pass


def object_in(text: str) -> dict[str, str | None] | str:
    """One line of JSON Lines as texts by name, null as None; or what is wrong with it."""
    try:
        found = json.loads(
            text, object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str
        )
    except _TwiceError as error:
        return str(error)
    except (ValueError, RecursionError):
        return "is no JSON; write one object a line"
    if not isinstance(found, dict):
        return "is no JSON object; write {…} on each line"
    values: dict[str, str | None] = {}
    for name, value in found.items():
        if isinstance(value, dict | list):
            return f"has a list or an object in {name[:40]!r}; values are texts and numbers"
        text_of = str(value).lower() if isinstance(value, bool) else value
        values[name] = text_of
    return values


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError("has the same key twice")
    return found
