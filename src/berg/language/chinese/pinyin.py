"""Pinyin to Kokoro's symbols: initials, finals and tone arrows.

The spelling is that of Kokoro v1.0's Chinese voices: broad IPA in which ʨ, ʦ and ꭧ are the
affricates of j, z and zh, ʰ is breath, ɨ the vowel of zhi and zi, and an arrow after the main
vowel is the tone (→ first, ↗ second, ↓ third, ↘ fourth, none neutral). Sources: Duanmu, The
Phonology of Standard Chinese (2007); the phoneme table published with Kokoro's Chinese voices.
"""

import re

from pypinyin import Style, lazy_pinyin

from berg.language.chinese.phrases import load_phrases, simplified

ARROWS = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
"""Tone marks by pinyin's tone number."""

_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ",
    "zh": "\uab67", "ch": "\uab67ʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s",
}  # fmt: skip
# The tone goes where the 0 stands.
_FINALS = {
    "a": "a0", "o": "wo0", "e": "ɤ0", "ai": "ai0", "ei": "ei0", "ao": "au0", "ou": "ou0",
    "an": "a0n", "en": "ə0n", "ang": "a0ŋ", "eng": "ə0ŋ", "ong": "ʊ0ŋ",
    "i": "i0", "ia": "ja0", "ie": "je0", "iao": "jau0", "iu": "jou0", "iou": "jou0",
    "ian": "jɛ0n", "in": "i0n", "iang": "ja0ŋ", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "u": "u0", "ua": "wa0", "uo": "wo0", "uai": "wai0", "ui": "wei0", "uei": "wei0",
    "uan": "wa0n", "un": "wə0n", "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ",
    "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n", "ue": "ɥe0",
}  # fmt: skip
# Syllables without an initial are spelled with y and w.
_BARE = {
    "yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iou", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "wu": "u", "wa": "ua", "wo": "uo",
    "wai": "uai", "wei": "uei", "wan": "uan", "wen": "uen", "wang": "uang", "weng": "ueng",
    "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn", "yo": "io",
}  # fmt: skip
_ALONE = {
    "er": "ɚ0", "o": "ɔ0", "io": "jɔ0", "ê": "ɛ0", "m": "m0", "n": "n0", "ng": "ŋ0", "hm": "hm0",
    "hng": "hŋ0", "r": "ɚ0",
}  # fmt: skip
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs])?(.+)")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]")


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in the text."""
    return _HAN.search(text) is not None


def is_han(character: str) -> bool:
    """Whether one character is Chinese."""
    return _HAN.fullmatch(character) is not None


def symbols_of(syllable: str) -> str:
    """Kokoro's symbols for `zhong1`, `nv3`, `de5`; empty for what is no syllable."""
    plain, tone = syllable.replace("ü", "v"), "5"
    if plain[-1:].isdigit():
        plain, tone = plain[:-1], plain[-1]
    shape = _shape(plain)
    return shape.replace("0", ARROWS.get(tone, "")) if shape else ""


def _shape(plain: str) -> str:
    """A toneless syllable's symbols, 0 where the tone goes; empty for what is none."""
    if plain in _ALONE:
        return _ALONE[plain]
    if plain in _BARE:
        final = _BARE[plain]
        return _ALONE.get(final) or _FINALS[final]
    match = _SYLLABLE.fullmatch(plain)
    if match is None:
        return ""
    initial, final = match[1] or "", match[2]
    if initial in ("zh", "ch", "sh", "r", "z", "c", "s") and final == "i":
        return _INITIALS[initial] + "ɨ0"
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "v" + final[1:]
    if final not in _FINALS:
        return ""
    return _INITIALS.get(initial, "") + _FINALS[final]


def syllables(words: list[str]) -> list[list[str]]:
    """Pinyin with tone digits for each Chinese word; a word's characters are read together."""
    load_phrases()
    return [
        lazy_pinyin(
            simplified(word),
            style=Style.TONE3,
            neutral_tone_with_five=True,
            v_to_u=False,
            errors="ignore",
        )
        for word in words
    ]


def symbols_of_han(text: str) -> str:
    """Symbols of a Chinese phrase inside another language's text, without sandhi."""
    return "".join(symbols_of(s) for s in syllables([text])[0])
