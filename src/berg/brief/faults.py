"""Gathering what is wrong with a document: each with its place, bounded in number and size."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from berg.brief.plain_text import readable
from berg.errors import BriefError, Fault

MAX_FAULTS = 100
"""Faults listed; the rest is counted."""
MAX_QUOTE = 80
"""Characters of a value that a message shows."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file; 1-based, or 0, 0 for the file as a whole."""

    line: int
    column: int


class Faults:
    """The faults found so far in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Fault] = []
        self._unreadable: set[Place] = set()

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: Place, path: str, message: str) -> None:
        """Remember a fault. `path` is dotted: `make[0].short.seconds`; empty means that what stands
        there can't be read at all, and then nothing more is said about its meaning.
        """
        if path and place in self._unreadable:
            return
        if not path:
            self._unreadable.add(place)
        fault = Fault(message=message, line=place.line, column=place.column, path=path)
        if fault not in self._found[-MAX_FAULTS:]:
            self._found.append(fault)

    def error(self) -> BriefError:
        """The error that lists them in the order of the file."""
        found = sorted(self._found, key=lambda f: (f.line, f.column))
        shown = found[:MAX_FAULTS]
        if len(found) > MAX_FAULTS:
            rest = f"and {len(found) - MAX_FAULTS} more faults"
            shown.append(Fault(message=rest, line=found[MAX_FAULTS].line, column=1))
        return BriefError(self.file, shown)

    @staticmethod
    def quote(text: str) -> str:
        """A value for a message: one line, in quotes, at most 80 characters."""
        flat = readable(" ".join(text[: 4 * MAX_QUOTE].split()))
        cut = flat if len(flat) <= MAX_QUOTE - 2 else flat[: MAX_QUOTE - 3] + "…"
        return f'"{cut}"'


def listed(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = list(words) or [""]
    return f"{', '.join(most)} or {last}" if most else last


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?`, or nothing when no known word is near."""
    choices = {k.casefold(): k for k in known}
    near = difflib.get_close_matches(word[:60].casefold(), list(choices), n=1, cutoff=0.6)
    return f"; did you mean {choices[near[0]]}?" if near else ""
