"""Stress marks in Kokoro's English: `ˈ` and `ˌ` stand before the vowel that they raise."""

FIRST, SECOND = "ˈ", "ˌ"
VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐᵊ")
"""Capital letters are Kokoro's diphthongs: A as in day, I as in eye, O (US) and Q (GB) as in go,
W as in now, Y as in boy."""


def stressed(phonemes: str) -> bool:
    """Whether any syllable is raised."""
    return FIRST in phonemes or SECOND in phonemes


def raise_first_vowel(phonemes: str, stress: str) -> str:
    """The phonemes with a stress mark before their first vowel, unless they have stress."""
    if stressed(phonemes):
        return phonemes
    at = next((i for i, symbol in enumerate(phonemes) if symbol in VOWELS), None)
    return phonemes if at is None else phonemes[:at] + stress + phonemes[at:]


def lower(phonemes: str) -> str:
    """Main stress made second, second dropped: for the lesser part of a compound."""
    if FIRST in phonemes:
        return phonemes.replace(SECOND, "").replace(FIRST, SECOND)
    return phonemes


def main(phonemes: str) -> str:
    """Second stress made main, where there is no main stress."""
    if FIRST in phonemes:
        return phonemes
    if SECOND in phonemes:
        return phonemes.replace(SECOND, FIRST, 1)
    return raise_first_vowel(phonemes, FIRST)
