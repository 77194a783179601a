"""Letters and numerals that English has no word for, made into what can be said.

Accents tell a sound where spelling alone does not (Łukasz, Núñez, Dvořák); a letter of another
script is called by its name, and a numeral of another script by its number, so that nothing that
is written is silent. Source: the names in the Unicode Character Database.
"""

import re
import unicodedata

_SAME = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "ß": "ss", "ẞ": "SS", "ø": "o", "Ø": "O", "ł": "l",
        "Ł": "L", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "đ": "d", "Đ": "D", "ı": "i",
        "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th", "ə": "a", "ŋ": "ng", "Ŋ": "Ng",
    }
)  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "ee",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "oo", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ё": "yo", "і": "i", "ї": "yi",
    "є": "ye", "ґ": "g",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_POLISH = re.compile(r"[łńśźżąęćŁŚŹŻĆ]")
_POLISH_SOUNDS = (
    ("szcz", "shch"), ("sz", "sh"), ("cz", "ch"), ("rz", "zh"), ("w", "v"), ("ł", "w"),
    ("j", "y"), ("ą", "on"), ("ę", "en"), ("ó", "oo"), ("ć", "ch"), ("ś", "sh"), ("ź", "zh"),
    ("ż", "zh"), ("ń", "ny"),
)  # fmt: skip
_SOUNDS = (
    ("ñ", "ny"), ("č", "ch"), ("ć", "ch"), ("š", "sh"), ("ś", "sh"), ("ş", "sh"), ("ž", "zh"),
    ("ř", "rzh"), ("ç", "s"), ("ğ", ""), ("ü", "oo"), ("ö", "ur"), ("ø", "ur"), ("å", "aw"),
)  # fmt: skip
_FINAL_E = re.compile(r"é(e?)$")


def plain(word: str) -> str:
    """Curly apostrophes straight, accents off, ligatures apart: as the lexicon spells."""
    parts = unicodedata.normalize("NFKD", word.translate(_SAME))
    return "".join(c for c in parts if c.isascii() and (c.isalnum() or c in "'-."))


def sounded(word: str) -> str:
    """An accented word respelled as an English reader would hear it; others as they are."""
    if word.isascii():
        return word
    said = unicodedata.normalize("NFC", word.lower())
    for written, heard in _POLISH_SOUNDS if _POLISH.search(word) else _SOUNDS:
        said = said.replace(written, heard)
    return plain(_FINAL_E.sub("ay", said))


def respelled(word: str) -> str:
    """A word in Greek or Cyrillic in Latin letters; empty if it is in neither, or one letter."""
    bare = unicodedata.normalize("NFKD", word.lower().replace("й", "y")) if word else ""
    letters = [c for c in bare if not unicodedata.combining(c)]
    table = _CYRILLIC | _GREEK
    if len(letters) < 2 or any(c not in table and c not in "y'-" for c in letters):
        return ""
    return "".join(table.get(c, c) for c in letters)


def latin(word: str) -> bool:
    """Whether every letter of a word has a plain one behind it."""
    return all(plain(c) or not c.isalnum() for c in word) and not any(
        unicodedata.category(c) in ("No", "Nl", "Nd") for c in word
    )


def name_of(character: str) -> str:
    """What a letter is called: `alpha`, `zhe`, `ka`; for what has no name, `sign`."""
    words = unicodedata.name(character, "").lower().split(" with ")[0].split()
    told = [w for w in words if w.isalpha() and w.isascii()]
    return told[-1] if told else "sign"
