"""What a voice can't say: words in a script of which it knows no letter.

A voice that skips them would leave seconds of silence under a caption. A single letter is let
through: formulae have them (π, µ), and readers know their names.
"""

import re
import unicodedata
from functools import lru_cache

SCRIPTS = {"en": ("LATIN",), "zh": ("LATIN", "CJK", "IDEOGRAPHIC", "BOPOMOFO", "FULLWIDTH")}
"""By language, what the Unicode names of letters begin with that its voices say."""
_WORDS = re.compile(r"[^\W\d_]+")


def unsayable(text: str, language: str) -> list[str]:
    """Words of a text that a voice of the language can't say, in order."""
    return [found for found in _WORDS.findall(text) if _is_strange(found, language)]


def _is_strange(word: str, language: str) -> bool:
    strange = sum(not _is_known(char, language) for char in word)
    return strange > 1 or (strange == 1 == len(word) and _script(word) not in _LONE)


_LONE = frozenset(
    (
        *("GREEK", "MICRO", "OHM", "KELVIN", "ANGSTROM", "MODIFIER", "SUPERSCRIPT", "FEMININE"),
        *("MASCULINE", "DOUBLE-STRUCK", "MATHEMATICAL", "SCRIPT", "PLANCK", "ALEF", "COMBINING"),
    )
)
"""Letters that stand alone in formulae and units."""


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "UNKNOWN").split()[0]


def _is_known(char: str, language: str) -> bool:
    return char.isascii() or _script(char) in SCRIPTS[language]
