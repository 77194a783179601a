"""A text in the pieces between which its lines may break, and how bad each break would be.

Latin breaks at blanks, a long address after its slashes and dots; Chinese between words, which a
dictionary finds. Not here: which breaks are chosen (`lines`).
"""

import logging
import re
from dataclasses import dataclass, replace
from functools import cache

import jieba

from berg.media.type.breaks import FORBIDDEN, NO_END, NO_START, cost_of_break
from berg.media.type.text import is_wide

_LONG = 18
"""Characters from which a word is taken for an address, and may break inside."""
_JOINTS = re.compile(r"(?<=[/?&=_@.\-‐–—])(?=\w)|(?<=\w)(?=[?&=@])")


@dataclass(frozen=True, kw_only=True, slots=True)
class LineToken:
    """What stays on one line."""

    text: str
    space: bool
    """Whether white space follows."""
    cost: float
    """Cost of a break after it: 0 after a sentence, about 1 between words, `FORBIDDEN` never."""


def tokens_of(text: str, *, language: str) -> tuple[LineToken, ...]:
    """The tokens of a cleaned text, in order; `FORBIDDEN` nowhere but at the last."""
    pieces = [piece for word in text.split() for piece in _pieces(word, language)]
    found: list[LineToken] = []
    for place, (piece, space) in enumerate(pieces):
        after = pieces[place + 1][0] if place + 1 < len(pieces) else ""
        cost = _cost(piece, space, after) if after else FORBIDDEN
        if found and found[-1].cost >= FORBIDDEN:
            before = found.pop()
            piece = before.text + (" " if before.space else "") + piece
        found.append(LineToken(text=piece, space=space, cost=cost))
    return _without_orphan(found)


def _without_orphan(tokens: list[LineToken]) -> tuple[LineToken, ...]:
    """The break before a very short last piece made dear: it would stand alone."""
    if len(tokens) > 1 and len(tokens[-1].text) <= (2 if is_wide(tokens[-1].text[0]) else 4):
        tokens[-2] = replace(tokens[-2], cost=tokens[-2].cost + 1.2)
    return tuple(tokens)


def _cost(before: str, space: bool, after: str) -> float:
    if not space and not is_wide(before[-1]) and not is_wide(after[0]):
        return 1.6  # inside an address
    return cost_of_break(before, space, after)


def _pieces(word: str, language: str) -> list[tuple[str, bool]]:
    """The word's unbreakable pieces; the last is followed by white space."""
    if any(map(is_wide, word)):
        parts = _han(word, language)
    elif len(word) >= _LONG:
        parts = [part for part in _JOINTS.split(word) if part]
    else:
        parts = [word]
    return [(part, place + 1 == len(parts)) for place, part in enumerate(parts)]


def _han(word: str, language: str) -> list[str]:
    cut = _tokenizer().cut(word) if language.startswith("zh") else _by_character(word)
    parts: list[str] = []
    for part in cut:
        if parts and (part[0] in NO_START or parts[-1][-1] in NO_END or _latin(parts[-1], part)):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def _latin(before: str, after: str) -> bool:
    return not is_wide(before[-1]) and not is_wide(after[0])


def _by_character(word: str) -> list[str]:
    return re.findall(r"[\u0020-\u2e7f]+|.", word)


@cache
def _tokenizer() -> "jieba.Tokenizer":
    # As in `runtimes.kokoro.chinese`: read afresh, without jieba's cache in the shared temporary
    # folder, to which others may write. About a second, once per process.
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
