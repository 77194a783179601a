"""A text cut into SentencePiece's unigram pieces: the likeliest way through (Kudo 2018)."""

import re
from functools import cached_property

from berg.runtimes.e5.packed import Vocabulary

SPACE = "\u2581"
"""SentencePiece's mark where a word begins."""
UNKNOWN = 10.0
"""How much less likely than the least likely piece a character is that no piece has."""


class Tokenizer:
    """Cuts texts into numbers of pieces."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._scores: list[float] = vocabulary.scores.tolist()

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._vocabulary.pieces))

    @cached_property
    def _least(self) -> float:
        return min(self._scores) - UNKNOWN

    def tokens(self, text: str, most: int) -> list[int]:
        """The pieces of a text between the marks of its begin and end, at most `most` of them."""
        known = self._vocabulary
        normal = "".join(known.normal.get(ord(character), character) for character in text)
        marked = SPACE + re.sub(" +", " ", normal).removeprefix(" ").replace(" ", SPACE)
        return [known.begin, *self._pieces(marked)[: most - 2], known.end]

    def _pieces(self, text: str) -> list[int]:
        ways: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        pieces, unknown = self._vocabulary.pieces, self._vocabulary.unknown
        for start in range(len(text)):
            likely, raw = ways[start][0], b""
            for end in range(start + 1, len(text) + 1):
                raw += text[end - 1].encode()
                if len(raw) > self._longest:
                    break
                index = pieces.get(raw, unknown)
                score = likely + (self._scores[index] if index != unknown else self._least)
                if (index != unknown or end == start + 1) and score > ways[end][0]:
                    ways[end] = (score, start, index)
        found, at = [], len(text)
        while at:
            _, start, index = ways[at]
            found.append(index)
            at = start
        return found[::-1]
