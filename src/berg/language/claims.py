"""What a text claims that others do not bear out: numbers, dates, prices, ranks, names, words.

A headline may say what the brief says, in other words; it may add none of these. English is the
stricter: any word that is neither in the brief nor plain is refused, so that no material, place or
property slips in. Chinese is held to numbers, dates, prices, ranks and foreign names: its words
are not told apart here. No rule of reading: two true words can make a false sentence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from berg.language.claim_words import (
    CHINESE_DATES,
    CHINESE_PRICES,
    CHINESE_RANKS,
    DATES,
    MONTHS_TOO,
    NOT_RANKS,
    ORDERS,
    PRICES,
    RANKS,
    VALUES,
)
from berg.language.plain import STEMS
from berg.language.words import stem

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_LATIN = re.compile(r"[A-Za-z]+")
_ENDINGS = re.compile(r"['’](s|re|ve|ll|d|m|t)$")
_CURRENCY = "$€£¥￥₩₹₽฿"
_MARKS = re.compile(r"[%‰％]")
_NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿半几数]+")
_OPENING = re.compile(r"(?:^|[.!?…:]\s+)\W*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What the brief says, taken apart once."""

    text: str
    """Folded: all of it."""
    words: frozenset[str]
    """Folded, as they stand."""
    stems: frozenset[str]
    values: frozenset[str]
    """Numbers, as plain digits: `two`, `2` and `2.0` are the same."""
    latin: frozenset[str]
    """Runs of Latin letters, which in Chinese stand without spaces."""
    numerals: frozenset[str]
    """Runs of Chinese numerals."""


def said_in(texts: Iterable[str]) -> Said:
    """What these texts say."""
    whole = "\n".join(texts).casefold()
    words = frozenset(words_of(whole))
    return Said(
        text=whole,
        words=words,
        stems=frozenset(map(stem, words)) | frozenset(stem(p) for w in words for p in w.split("-")),
        values=frozenset(_values(whole)),
        latin=frozenset(_LATIN.findall(whole)),
        numerals=frozenset(_NUMERALS.findall(whole)),
    )


def words_of(text: str) -> list[str]:
    """A text's words, folded, without endings such as 's."""
    return [_bare(word) for word in _WORD.findall(text)]


def unfounded(text: str, said: Said, *, language: str) -> str | None:
    """What a text claims and `said` does not: one word for the kind of it, or None."""
    if any(mark in text and mark not in said.text for mark in _CURRENCY):
        return "price"
    if _MARKS.search(text) and not _MARKS.search(said.text):
        return "percentage"
    if not frozenset(_digits(text)) <= said.values:
        return "number"
    return _chinese(text, said) if language == "zh" else _english(text, said)


def _english(text: str, said: Said) -> str | None:
    for found in _WORD.finditer(text):
        word = _bare(found[0])
        if word in said.words:
            continue
        kind = _kind(word, found[0], opens=bool(_OPENING.search(text[: found.start()])))
        if kind == "number" and word in VALUES and str(VALUES[word]) in said.values:
            continue
        if kind:
            return kind
        parts = {stem(part) for part in word.split("-")}
        if not parts <= STEMS | said.stems:
            return "word"
    return None


def _kind(word: str, written: str, *, opens: bool) -> str | None:
    """What kind of claim a word that the brief does not have makes by itself."""
    capital = written[0].isupper()
    if word in VALUES or word in ORDERS:
        return "number"
    if word in DATES or (word in MONTHS_TOO and capital and not opens):
        return "date"
    if word in PRICES:
        return "price"
    if word in RANKS or (word.endswith("est") and len(word) > 4 and word not in NOT_RANKS):
        return "superlative"
    return "name" if capital and not opens and written != "I" else None


def _chinese(text: str, said: Said) -> str | None:
    tables = {"date": CHINESE_DATES, "price": CHINESE_PRICES, "superlative": CHINESE_RANKS}
    for kind, table in tables.items():
        if any(term in text and term not in said.text for term in table):
            return kind
    for run in _NUMERALS.findall(text):
        if run != "一" and run not in said.numerals:
            return "number"
    if any(word.casefold() not in said.latin for word in _LATIN.findall(text)):
        return "name"
    return None


def _bare(word: str) -> str:
    return _ENDINGS.sub("", word.casefold())


def _digits(text: str) -> list[str]:
    return [_plain(run) for run in _DIGITS.findall(text)]


def _values(text: str) -> list[str]:
    return [*_digits(text), *(str(VALUES[w]) for w in words_of(text) if w in VALUES)]


def _plain(run: str) -> str:
    """`02` and `2.0` are 2; `1,000` is 1000; a time stays as it is. Digits of any script."""
    digits = "".join(str(int(c)) if c.isdigit() and c.isdecimal() else c for c in run)
    digits = re.sub(r",(?=\d{3}\b)", "", digits)
    if re.fullmatch(r"\d+\.0+", digits):
        digits = digits.split(".")[0]
    return digits.lstrip("0") or "0" if digits.isdecimal() else digits
