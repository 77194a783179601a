"""Texts with `{column}` in them, read once and filled in row by row.

`{{` and `}}` are braces. What is filled in is text and nothing else: it is never read again, so a
value that says `{other}` stays as it is. Not here: what a row's values must be (`lines.rows`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

STAND_IN = "x"
"""What stands for a value where only a text's shape is looked at."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place in a text where a row's value goes."""

    name: str


TextPiece = str | Placeholder


class BracesError(ValueError):
    """Braces that say nothing; the message says what to write."""


@lru_cache(maxsize=512)
def pieces_of(text: str) -> tuple[TextPiece, ...]:
    """A text as what stays and what is filled in, in order. Raises BracesError."""
    return tuple(_joined(_pieces(text)))


def columns_of(text: str) -> tuple[str, ...]:
    """Names of the columns in a text, each once, in order. Raises BracesError."""
    return tuple(dict.fromkeys(p.name for p in pieces_of(text) if isinstance(p, Placeholder)))


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """The text with every column replaced by its value. Raises BracesError."""
    return "".join(p if isinstance(p, str) else value_of(p.name) for p in pieces_of(text))


def stand_in(text: str) -> str:
    """A text with a letter for each column; as it is where its braces say nothing."""
    try:
        return fill(text, lambda name: STAND_IN)
    except BracesError:
        return text


def _pieces(text: str) -> Iterator[TextPiece]:
    at = 0
    while at < len(text):
        char = text[at]
        if char in "{}" and text[at + 1 : at + 2] == char:
            yield char
            at += 2
        elif char == "{":
            end = text.find("}", at)
            name = text[at + 1 : end].strip()
            if end < 0 or "{" in name or not name:
                raise BracesError(
                    "a { without its column and }; write {column}, or {{ where a brace is meant"
                )
            yield Placeholder(name)
            at = end + 1
        elif char == "}":
            raise BracesError("a } without its {; write }} where a brace is meant")
        else:
            yield char
            at += 1


def _joined(pieces: Iterator[TextPiece]) -> Iterator[TextPiece]:
    kept = ""
    for piece in pieces:
        if isinstance(piece, str):
            kept += piece
            continue
        if kept:
            yield kept
        kept = ""
        yield piece
    if kept:
        yield kept
