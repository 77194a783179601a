"""A text as Kokoro's symbols, each remembering the written word that it belongs to.

Here too: cutting what is too long for the model, and turning its durations into word times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from berg.language.symbols import MARKS, MOST_SYMBOLS, NUMBERS
from berg.language.wording import NOBODY

SAMPLES_A_UNIT = 600
"""Samples at 24 kHz in one unit of the model's durations."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One symbol and whose it is."""

    symbol: str
    word: int
    """Index of the written word; `NOBODY` for spaces and marks."""


def phones(symbols: str, word: int) -> list[Phone]:
    """The readable symbols of one word."""
    return [Phone(s, word) for s in symbols if s in NUMBERS]


def mark(symbol: str) -> Phone:
    """A mark of punctuation or a space: heard, but nobody's."""
    return Phone(symbol, NOBODY)


def cut(line: Sequence[Phone], *, most: int = MOST_SYMBOLS) -> Iterator[list[Phone]]:
    """Pieces of at most `most` symbols, cut after the strongest mark near the end of each.

    A sentence's end is preferred to a comma, that to a space, that to anywhere.
    """
    rest = list(line)
    while len(rest) > most:
        at = _best_cut(rest, most)
        yield rest[:at]
        rest = rest[at:]
    if rest:
        yield rest


def _best_cut(line: Sequence[Phone], most: int) -> int:
    # Not in the first third: a long piece after a tiny one sounds hurried.
    span = range(most, most // 3, -1)
    for marks in (".!?…", "".join(MARKS - set("(“")), " "):
        found = next((i for i in span if line[i - 1].symbol in marks), None)
        if found is not None:
            return found
    return most


def word_times(line: Sequence[Phone], durations: Sequence[int]) -> dict[int, tuple[int, int]]:
    """First sample and sample after the last of each word, by its index.

    `durations` are the model's, in units, with those of the two pads. A word lasts from its first
    symbol's start to its last symbol's end; pauses at marks belong to no word.
    """
    times: dict[int, tuple[int, int]] = {}
    at = durations[0]
    for phone, duration in zip(line, durations[1:], strict=False):
        if phone.word != NOBODY:
            first, _ = times.get(phone.word, (at, at))
            times[phone.word] = (first, at + duration)
        at += duration
    return {
        word: (first * SAMPLES_A_UNIT, end * SAMPLES_A_UNIT) for word, (first, end) in times.items()
    }
