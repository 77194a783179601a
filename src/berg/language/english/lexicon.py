"""The English lexicons: a word's spelling to Kokoro's phonemes, or to several by part of speech.

The files are misaki's (MIT): one JSON object, hand-checked (gold) or larger and machine-made
(silver). A value is phonemes, or phonemes by role: DEFAULT, NOUN, VERB, ADJ, ADV, VBD (past),
VBN (participle), DT, and None for a word at the end of a phrase. A null means "spell it".
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from berg.errors import WeightsError

NAMES = {
    "aoife": "ˈifə", "caoimhe": "kwˈivə", "niamh": "nˈiv", "saoirse": "sˈɜɹʃə",
    "siobhan": "ʃəvˈɔn", "sinead": "ʃənˈAd", "ciaran": "kˈɪɹən", "padraig": "pˈɔdɹɪɡ",
    "eoin": "ˈOən", "nguyen": "wˈɪn", "xi": "ʃˈi", "qi": "ʧˈi", "zhang": "ʤˈɑŋ", "zhou": "ʤˈO",
    "xu": "ʃˈu", "qing": "ʧˈɪŋ", "xiaomi": "ʃˌWmˈi", "huawei": "hwˈɑwˌA", "joaquin": "wɑkˈin",
    "joao": "ʒwˈW", "kubernetes": "kˌubəɹnˈɛɾiz", "nginx": "ˈɛnʤənˌɛks", "linux": "lˈɪnəks",
    "sql": "sˈikwəl", "chatgpt": "ʧˌætʤˌipˌitˈi", "iphone": "ˈIfˌOn", "ipad": "ˈIpˌæd",
    "jose": "hOzˈA", "lukasz": "wˈukɑʃ", "renee": "ɹənˈA", "zoe": "zˈOi", "miz": "mˈɪz",
    "francois": "fɹɑnswˈɑ", "wroclaw": "vɹˈɔtswɑf", "lodz": "wˈuʤ", "walesa": "vɑwˈɛnsə",
    "dvorak": "dvˈɔɹʒæk", "sao": "sˈW", "messers": "mˈɛsəɹz", "agnes": "ˈæɡnəs",
    "ebay": "ˈibˌA", "ios": "ˌIˌOˈɛs",
}  # fmt: skip
"""Names whose spelling no rule explains and no lexicon has: in lower case, with their phonemes in
American sounds."""

Pronunciation = str | Mapping[str, str | None]
"""Phonemes, or phonemes by role."""


class Lexicon:
    """Both files, opened."""

    def __init__(
        self, gold: Mapping[str, Pronunciation], silver: Mapping[str, Pronunciation]
    ) -> None:
        self._gold = gold
        self._silver = silver

    @classmethod
    def open(cls, gold: Path, silver: Path) -> Self:
        """Read both files. Raises WeightsError when one is no lexicon."""
        return cls(_load(gold), _load(silver))

    def find(self, word: str) -> Pronunciation | None:
        """A word as it stands, or in another case; the hand-checked lexicon first."""
        for lexicon in (self._gold, self._silver):
            for form in dict.fromkeys((word, word.lower(), word.capitalize())):
                if form in lexicon:
                    return lexicon[form]
        return None

    def exact(self, word: str) -> Pronunciation | None:
        """A word in just this case."""
        return self._gold.get(word, self._silver.get(word))

    def checked(self, word: str) -> bool:
        """Whether the hand-checked lexicon has the word as it stands."""
        return word in self._gold

    def letter(self, letter: str) -> str:
        """How a letter of the alphabet is called; empty if it has no name here."""
        entry = self._gold.get(letter.upper())
        return entry if isinstance(entry, str) else ""


def _load(path: Path) -> dict[str, Pronunciation]:
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path.name} is not a lexicon: {error}") from error
    if not isinstance(table, dict):
        raise WeightsError(f"{path.name} is not a lexicon: no object in it")
    return table
