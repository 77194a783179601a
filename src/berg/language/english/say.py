"""A pronunciation that somebody wrote for an English voice, as Kokoro's phonemes.

Two ways to write one: IPA (`/hoʊˈzeɪ/`, with or without slashes), and a plain respelling whose
syllables stand apart by hyphens, the stressed one in capitals (`hoh-ZAY`). Pure; no lexicon.
Sources: the IPA's chart; the respelling keys of English dictionaries, of which `uu` (book),
`dh` (this) and `zh` (vision) are the least known signs.
"""

import re
import unicodedata

from berg.errors import RequestError
from berg.language.english.stress import FIRST, SECOND, VOWELS, main

_IPA = {
    "t͡ʃ": "ʧ", "d͡ʒ": "ʤ", "tʃ": "ʧ", "dʒ": "ʤ", "eɪ": "A", "ei": "A", "aɪ": "I", "ai": "I",
    "oʊ": "O", "ou": "O", "əʊ": "O", "aʊ": "W", "au": "W", "ɔɪ": "Y", "ɔi": "Y", "ɚ": "əɹ",
    "ɝ": "ɜɹ", "t͡s": "ts", "d͡z": "dz",
    **dict.fromkeys(["g", "ɣ", "ɟ"], "ɡ"), **dict.fromkeys(["r", "ʁ", "ʀ", "ɻ"], "ɹ"),
    "e": "ɛ", "o": "O", "ɒ": "ɑ", "y": "u", "ø": "ɜ", "œ": "ɜ", "ʉ": "u", "ɯ": "u", "ɨ": "ɪ",
    "ɵ": "ʊ", "ɤ": "ʌ", "ɘ": "ə", "ɶ": "æ", "a": "ɑ", "x": "k", "χ": "k", "ç": "h", "ħ": "h",
    "ʍ": "w", "ʋ": "v", "β": "b", "ɸ": "f", "ɲ": "nj", "ʎ": "lj", "ɫ": "l", "ɬ": "l", "ɭ": "l",
    "ɕ": "ʃ", "ʂ": "ʃ", "ʑ": "ʒ", "ʐ": "ʒ", "ʈ": "t", "ɖ": "d", "ɳ": "n", "c": "k", "q": "k",
    "ɾ": "T", "ʔ": "t", "ɥ": "w", "ɦ": "h", "ɱ": "m", "\u0303": "n",
    **{s: s for s in "bdfhijklmnpstuvwzæðŋɑɐɔəɛɜɪɹɡʃʊʌʒθʤʧᵻᵊ"},
    "'": FIRST, "ˈ": FIRST, "ˌ": SECOND, " ": " ", "ː": "",
    **dict.fromkeys([":", ".", "-", "‿", "\u0361", "ʰ", "ʲ", "ʷ", "\u0329", "\u032f"], ""),
}  # fmt: skip
_BRITISH_IPA = {"əʊ": "Q", "oʊ": "Q", "ou": "Q", "o": "Q", "a": "a", "æ": "a", "ɒ": "ɒ",
                "ː": "ː", ":": "ː"}  # fmt: skip
_SPELT = {
    "eye": "I", "igh": "I", "air": "ɛɹ", "eer": "ɪɹ", "oor": "ʊɹ", "tch": "ʧ", "ear": "ɪɹ",
    "ah": "ɑ", "ar": "ɑɹ", "aw": "ɔ", "au": "ɔ", "ay": "A", "ai": "A", "eh": "ɛ", "ee": "i",
    "ea": "i", "er": "əɹ", "ur": "ɜɹ", "ir": "ɜɹ", "ey": "A", "ew": "ju", "ih": "ɪ", "ie": "I",
    "oh": "O", "oe": "O", "oa": "O", "oo": "u", "or": "ɔɹ", "ow": "W", "ou": "W", "oy": "Y",
    "oi": "Y", "uh": "ʌ", "uu": "ʊ", "ch": "ʧ", "sh": "ʃ", "th": "θ", "dh": "ð", "zh": "ʒ",
    "ng": "ŋ", "kh": "k", "gh": "ɡ", "ph": "f", "wh": "w", "ck": "k", "qu": "kw", "hw": "w",
    "a": "æ", "e": "ɛ", "i": "ɪ", "o": "ɑ", "u": "ʌ", "ə": "ə",
    "c": "k", "g": "ɡ", "j": "ʤ", "q": "k", "r": "ɹ", "x": "ks", "y": "j",
    **{c: c for c in "bdfhklmnpstvwz"},
}  # fmt: skip
_OPEN = {"a": "ɑ", "e": "i", "i": "i", "o": "O", "u": "u", "y": "I"}
"""A lone vowel letter at a syllable's end: `ko-fi`, `ha-na`."""
_LONG = {"a": "A", "e": "i", "i": "I", "o": "O", "u": "u"}
_SILENT_E = re.compile(r"(?P<head>[^aeiou]*)(?P<vowel>[aeiou])(?P<tail>[bcdfgklmnpstvz]|th)e")
_BROAD_BRITISH = (("ɜɹ", "ɜː"), ("ɔɹ", "ɔː"), ("ɑɹ", "ɑː"), ("əɹ", "ə"))


class SayError(RequestError):
    """A pronunciation that can't be read: names the sign that isn't known."""


def phonemes_of_say(text: str, *, british: bool = False) -> str:
    """Kokoro's phonemes for a pronunciation in IPA or as a plain respelling.

    What stands between slashes or square brackets, or has a sign that only IPA has, is IPA.
    Every answer has a vowel, and stress if it is of more than one syllable.

    Raises:
        SayError: There is nothing to say, or a sign that isn't known; the message names it.
    """
    asked = unicodedata.normalize("NFC", " ".join(text.split()))
    body = asked.strip("/[] ")
    if not body:
        raise SayError("say: nothing is written; write IPA, /hoʊˈzeɪ/, or syllables, hoh-ZAY")
    ipa = asked[0] in "/[" or not body.replace("ə", "").replace("’", "'").isascii()
    said = _of_ipa(body, british) if ipa else _of_respelling(body, british)
    if not any(symbol in VOWELS for symbol in said):
        raise SayError(f"say: “{asked}” has no vowel, so no voice can say it")
    return said


def _of_ipa(body: str, british: bool) -> str:
    signs = _IPA | _BRITISH_IPA if british else _IPA
    said, at = "", 0
    body = unicodedata.normalize("NFD", body.replace("’", "'")).replace("c\u0327", "ç")
    while at < len(body):
        size = next((n for n in (3, 2, 1) if body[at : at + n] in signs), 0)
        if not size:
            raise _unknown(body[at], body, "IPA")
        said += signs[body[at : at + size]]
        at += size
    return " ".join(_stress_before_vowel(word) for word in said.split())


def _stress_before_vowel(word: str) -> str:
    """IPA marks the syllable's start, Kokoro its vowel."""
    said, waiting = "", ""
    for symbol in word:
        if symbol in FIRST + SECOND:
            waiting = symbol
        else:
            said += waiting + symbol if symbol in VOWELS else symbol
            waiting = "" if symbol in VOWELS else waiting
    return main(said)


def _of_respelling(body: str, british: bool) -> str:
    words = [_respelt_word(word, body) for word in body.split()]
    said = " ".join(words)
    if british:
        for american, here in _BROAD_BRITISH:
            said = re.sub(f"{american}(?![ˈˌ]?[{''.join(VOWELS)}])", here, said)
        said = said.replace("O", "Q").replace("æ", "a")
    return said


def _respelt_word(word: str, body: str) -> str:
    syllables = [s for s in re.split(r"[-·.]", word.replace("’", "'")) if s]
    raised = [s.isupper() and len(syllables) > 1 for s in syllables]
    said = ""
    for syllable, stressed in zip(syllables, raised, strict=True):
        sound = _respelt_syllable(syllable.lower().strip("'"), body)
        if stressed:
            said += main(sound).replace("ˈəɹ", "ˈɜɹ")
        else:
            said += sound.replace("ʌ", "ə") if any(raised) else sound
    return main(said)


def _respelt_syllable(syllable: str, body: str) -> str:
    if syllable == "y":
        return "I"
    silent = _SILENT_E.fullmatch(syllable)
    if silent:
        before = _signs(silent["head"], body)
        return before + _LONG[silent["vowel"]] + _signs(silent["tail"], body)
    if len(syllable) > 1 and syllable[-1] in _OPEN and syllable[-2] not in "aeiou":
        return _signs(syllable[:-1], body) + _OPEN[syllable[-1]]
    return _signs(syllable, body)


def _signs(letters: str, body: str) -> str:
    said, at = "", 0
    while at < len(letters):
        if letters[at : at + 2] == letters[at] * 2 and letters[at] not in "eou":
            at += 1
        size = next((n for n in (3, 2, 1) if letters[at : at + n] in _SPELT), 0)
        if not size:
            raise _unknown(letters[at], body, "a respelling")
        said += _SPELT[letters[at : at + size]]
        at += size
    return said


def _unknown(sign: str, body: str, kind: str) -> SayError:
    name = unicodedata.name(sign, "no name").lower()
    return SayError(
        f"say: “{sign}” ({name}) in “{body}” is not a sign of {kind}; "
        "write IPA, /hoʊˈzeɪ/, or syllables with the stressed one in capitals, hoh-ZAY"
    )
