"""Guessing how a word outside the lexicons is said: a conditional random field over its letters.

The model file is gruut's for US English (MIT). Each letter is described by itself and its three
neighbours on either side, in base64, as the model was trained; each answer is the phonemes of one
letter, base64 again, joined by `|`, `_` for none. Its IPA is then respelled in Kokoro's symbols.
"""

import re
import unicodedata
from base64 import b64decode, b64encode
from functools import lru_cache
from pathlib import Path
from typing import Self

import pycrfsuite

from berg.language.english.stress import FIRST, VOWELS, raise_first_vowel

_REACH = 3
_KOKORO = {
    "eɪ": "A", "aɪ": "I", "oʊ": "O", "aʊ": "W", "ɔɪ": "Y", "t͡ʃ": "ʧ", "d͡ʒ": "ʤ", "ɚ": "əɹ",
}  # fmt: skip
_STRESSED_ER = re.compile(r"([ˈˌ])əɹ")
_BRITISH_R = re.compile(r"ɹ(?![ˈˌ]?[" + "".join(VOWELS) + "])")
_BRITISH = (
    ("ɜɹ", "ɜː"), ("ɑɹ", "ɑː"), ("ɔɹ", "ɔː"), ("O", "Q"), ("æ", "a"), ("ɔ", "ɔː"), ("ɔːː", "ɔː"),
    ("i", "iː"), ("u", "uː"),
)  # fmt: skip


class Guesser:
    """The opened model."""

    def __init__(self, tagger: "pycrfsuite.Tagger") -> None:
        self._tagger = tagger

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the model's file."""
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        return cls(tagger)

    def guess(self, word: str, *, british: bool) -> str:
        """Kokoro's phonemes for a word of letters; empty when there are none."""
        letters = unicodedata.normalize("NFC", word.lower())
        if not letters:
            return ""
        answer = self._tagger.tag([_features(letters, i) for i in range(len(letters))])
        ipa = "".join(p for code in answer for p in _decode(code).split("|") if p != "_")
        for source, symbol in _KOKORO.items():
            ipa = ipa.replace(source, symbol)
        said = _STRESSED_ER.sub(r"\1ɜɹ", ipa)
        if british:
            said = to_british(said)
        said = _single_main_stress(said)
        return said if sum(s in VOWELS for s in said) < 2 else raise_first_vowel(said, FIRST)


def _features(letters: str, at: int) -> dict[str, str | bool | float]:
    features: dict[str, str | bool | float] = {"bias": 1.0, "grapheme": _encode(letters[at])}
    if at == 0:
        features["begin"] = True
    for step in range(1, _REACH + 1):
        if at >= step:
            features[f"grapheme-{step}"] = _encode(letters[at - step])
        if at + step < len(letters):
            features[f"grapheme+{step}"] = _encode(letters[at + step])
    if at == len(letters) - 1:
        features["end"] = True
    return features


def _single_main_stress(phonemes: str) -> str:
    """The field has no memory: of several main stresses the first stays."""
    head, first, tail = phonemes.partition(FIRST)
    return head + first + tail.replace(FIRST, "")


def to_british(phonemes: str) -> str:
    """American phonemes in a British mouth, roughly: long vowels, and no r but before a vowel."""
    for american, british in _BRITISH:
        phonemes = phonemes.replace(american, british)
    return _BRITISH_R.sub("", phonemes)


@lru_cache(maxsize=1024)
def _encode(letter: str) -> str:
    return b64encode(letter.encode()).decode("ascii")


@lru_cache(maxsize=1024)
def _decode(code: str) -> str:
    return b64decode(code).decode()
