"""A text as Kokoro's symbols, each remembering the written word that it belongs to.

The alphabet's source: the `vocab` table of config.json, published with Kokoro-82M v1.0. A symbol
outside it can't be said and is left out. Here too: cutting what is too long for the model, turning
its durations into word times, and what a language's reader gives. Not here: how any text is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from berg.language.wording import NOBODY, WrittenWord

PAD = 0
"""Stands before and after every text."""
MOST_SYMBOLS = 510
"""What the model reads at once, besides the two pads."""
PUNCTUATION = frozenset(";:,.!?—…()“”")
"""Punctuation that the model was trained to hear."""

# fmt: off
NUMBERS = {
    ";": 1, ":": 2, ",": 3, ".": 4, "!": 5, "?": 6, "—": 9, "…": 10, '"': 11, "(": 12,
    ")": 13, "“": 14, "”": 15, " ": 16, "\u0303": 17, "ʣ": 18, "ʥ": 19, "ʦ": 20, "ʨ": 21,
    "ᵝ": 22, "\uab67": 23, "A": 24, "I": 25, "O": 31, "Q": 33, "S": 35, "T": 36, "W": 39,
    "Y": 41, "ᵊ": 42, "a": 43, "b": 44, "c": 45, "d": 46, "e": 47, "f": 48, "h": 50, "i": 51,
    "j": 52, "k": 53, "l": 54, "m": 55, "n": 56, "o": 57, "p": 58, "q": 59, "r": 60, "s": 61,
    "t": 62, "u": 63, "v": 64, "w": 65, "x": 66, "y": 67, "z": 68, "ɑ": 69, "ɐ": 70, "ɒ": 71,
    "æ": 72, "β": 75, "ɔ": 76, "ɕ": 77, "ç": 78, "ɖ": 80, "ð": 81, "ʤ": 82, "ə": 83, "ɚ": 85,
    "ɛ": 86, "ɜ": 87, "ɟ": 90, "ɡ": 92, "ɥ": 99, "ɨ": 101, "ɪ": 102, "ʝ": 103, "ɯ": 110,
    "ɰ": 111, "ŋ": 112, "ɳ": 113, "ɲ": 114, "ɴ": 115, "ø": 116, "ɸ": 118, "θ": 119, "œ": 120,
    "ɹ": 123, "ɾ": 125, "ɻ": 126, "ʁ": 128, "ɽ": 129, "ʂ": 130, "ʃ": 131, "ʈ": 132, "ʧ": 133,
    "ʊ": 135, "ʋ": 136, "ʌ": 138, "ɣ": 139, "ɤ": 140, "χ": 142, "ʎ": 143, "ʒ": 147, "ʔ": 148,
    "ˈ": 156, "ˌ": 157, "ː": 158, "ʰ": 162, "ʲ": 164, "↓": 169, "→": 171, "↗": 172, "↘": 173,
    "ᵻ": 177,
}
# fmt: on

SAMPLES_PER_UNIT = 600
"""Samples at 24 kHz in one unit of the model's durations."""


def known(symbols: Iterable[str]) -> str:
    """The symbols that the model can read."""
    return "".join(s for s in symbols if s in NUMBERS)


@dataclass(frozen=True, slots=True)
class Phone:
    """One symbol and whose it is."""

    symbol: str
    word: int
    """Index of the written word; `NOBODY` for spaces and marks."""


def phones(symbols: str, word: int) -> list[Phone]:
    """The readable symbols of one word."""
    return [Phone(s, word) for s in symbols if s in NUMBERS]


def punctuation(symbol: str) -> Phone:
    """Punctuation or a space: heard, but nobody's."""
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
    for signs in (".!?…", "".join(PUNCTUATION - set("(“")), " "):
        found = next((i for i in span if line[i - 1].symbol in signs), None)
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
        word: (first * SAMPLES_PER_UNIT, end * SAMPLES_PER_UNIT)
        for word, (first, end) in times.items()
    }


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it will be said."""

    written: tuple[WrittenWord, ...]
    """The text's words; joined by their spaces, they are the text."""
    line: tuple[Phone, ...]
    """Symbols that point at written words."""

    @property
    def symbols(self) -> str:
        """The symbols as one line, for people and tests."""
        return "".join(phone.symbol for phone in self.line)


class Reader(Protocol):
    """A language's reader."""

    def read(self, text: str) -> Reading:
        """Read a tidy text. Never fails: what can't be said is left out."""
        ...
