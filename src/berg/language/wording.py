"""What is written against what is said: captions show written words at the time of spoken ones.

A normaliser turns `£3.50` into the tokens *three*, *pounds*, *fifty*, all of which point at the
one written word. Not here: how anything is read (the languages' `normalise`), or pronounced.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "letters", "punctuation"]
"""A word; letters to be spelled one by one; punctuation, which shapes the melody."""

NOBODY = -1
"""Stands where a written word's index would, for a sound that belongs to no word."""


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """One word as written, with the punctuation that clings to it."""

    text: str
    space: bool
    """Whether white space follows."""


@dataclass(frozen=True, slots=True)
class Token:
    """One thing to say, or one punctuation mark."""

    text: str
    at: int
    """Offset in the text of what it comes from; later, the index of the written word."""
    kind: TokenKind = "word"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as written and as said; tokens point at written words by index."""

    written: tuple[WrittenWord, ...]
    tokens: tuple[Token, ...]

    @property
    def spoken(self) -> str:
        """The tokens as one line, for people and tests."""
        shown = [" ".join(t.text) if t.kind == "letters" else t.text for t in self.tokens]
        line = " ".join(shown)
        for sign in ",.!?;:…)”":
            line = line.replace(f" {sign}", sign)
        return line.replace("( ", "(").replace("“ ", "“")


def tidy(text: str) -> str:
    """The text with every run of white space made one space, none at the ends."""
    return " ".join(text.split())


def join(written: Iterable[WrittenWord]) -> str:
    """The text that written words stand for."""
    return "".join(word.text + " " * word.space for word in written)


def wording(text: str, starts: Sequence[int], tokens: Sequence[Token]) -> Wording:
    """Cut a text at `starts` and let tokens point at the pieces instead of at offsets.

    A piece in which nothing is said (a lone dash, an emoji) joins the one before it, or else the
    one after it, so that every written word has a time. A text in which nothing is said is one.
    """
    if not text:
        return Wording((), ())
    said = {bisect_right(starts, t.at) - 1 for t in tokens if t.kind != "punctuation"}
    kept = [starts[i] for i in sorted(said)]
    if starts:
        kept[:1] = [starts[0]]
    ends = [*kept[1:], len(text)]
    pieces = [text[a:b] for a, b in zip(kept, ends, strict=True)]
    written = tuple(WrittenWord(p.rstrip(), p != p.rstrip()) for p in pieces)
    moved = tuple(Token(t.text, max(0, bisect_right(kept, t.at) - 1), t.kind) for t in tokens)
    return Wording(written, moved)
