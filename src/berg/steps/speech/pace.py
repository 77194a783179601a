"""How long a text takes to say, reckoned from the text alone: light, pure, exact arithmetic.

Used by predictions and by the storyboard. Not here: lexicons, models, sound.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from berg.runtimes.kokoro.voices import NO_VOICE

LEAST_SECONDS = Fraction(6, 5)
"""A silent caption stays at least so long, however short."""
READING = {"en": Fraction(13, 5), "zh": Fraction(9, 2)}
"""Reading speed: English words, Chinese characters, a second."""

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_PIECE = re.compile(rf"[{_CJK}][^\w\s]*|[^\s{_CJK}]+|[^\s]")


def seconds_to_say(text: str, *, language: str, voice: str, speed: Fraction) -> Fraction:
    """Seconds from the first sound to the last; with voice `none`, seconds to read it."""
    if voice == NO_VOICE:
        return max(LEAST_SECONDS, _load(text, language) / READING[language]) / speed
    return Fraction(len(text), 14 if language == "en" else 4) / speed


def _load(text: str, language: str) -> int:
    return len(text.split()) if language == "en" else sum(1 for _ in _PIECE.finditer(text))


def spread_words(text: str, *, language: str, samples: int) -> Iterator[tuple[str, bool, int, int]]:
    """Words with even times: text, whether a space follows, first sample, sample after the last."""
    pieces = list(_PIECE.finditer(text)) if language == "zh" else list(re.finditer(r"\S+", text))
    weights = [len(p.group()) + 1 for p in pieces]
    total, done = sum(weights), 0
    for piece, weight in zip(pieces, weights, strict=True):
        start, done = samples * done // total, done + weight
        space = text[piece.end() : piece.end() + 1] == " "
        yield piece.group(), space, start, samples * done // total
