"""Words that the lexicon knows only without their ending: -s, -'s, -ed, -ing, -er, -ly and more.

Spelling rules give the stems that a word may come from; sound rules add the ending's phonemes
(voicing, and the extra vowel after sibilants or t and d). Source: the regular inflections of any
English grammar.
"""

from collections.abc import Iterator
from typing import Literal

Suffix = Literal["s", "ed", "ing", "er", "est", "ly", "ness", "less"]

_AFTER_VERBS: tuple[Suffix, ...] = ("ed", "ing", "er", "est")
_AFTER_ADJECTIVES: tuple[Suffix, ...] = ("ly", "ness", "less")
_SIBILANTS = "szʃʒʧʤ"
_VOICELESS = "ptkfθ" + "sʃʧ"
_DOUBLED = "bdgklmnprtvz"


def stems(word: str) -> Iterator[tuple[str, Suffix]]:
    """Stems that a lower-case word may be made of, likeliest first, with the ending."""
    if word.endswith(("'s", "s'")) and len(word) > 2:
        yield word[:-2] if word.endswith("'s") else word[:-1], "s"
        if word.endswith("s'"):
            yield word[:-2], "s"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        if word.endswith("ies") and len(word) > 4:
            yield word[:-3] + "y", "s"
        yield word[:-1], "s"
        if word.endswith("es") and len(word) > 4:
            yield word[:-2], "s"
    for ending in _AFTER_VERBS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield from ((stem, ending) for stem in _verb_stems(word[: -len(ending)]))
    for ending in _AFTER_ADJECTIVES:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem, ending
            if stem.endswith("i"):
                yield stem[:-1] + "y", ending


def _verb_stems(stem: str) -> Iterator[str]:
    """roast(ed), bak(ing) → bake, tri(ed) → try, stopp(ed) → stop."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] in _DOUBLED:
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    yield stem
    yield stem + "e"


def attach(stem: str, ending: Suffix, *, british: bool) -> str | None:
    """A stem's phonemes with an ending's; None where no rule is safe."""
    if not stem:
        return None
    weak = "ɪ" if british else "ᵻ"
    if ending == "s":
        if stem[-1] in _SIBILANTS:
            return stem + weak + "z"
        return stem + ("s" if stem[-1] in _VOICELESS else "z")
    if ending == "ed":
        if stem[-1] in "td":
            return _flap(stem, british) + weak + "d"
        return stem + ("t" if stem[-1] in _VOICELESS else "d")
    if ending in ("ing", "er", "est"):
        return (
            _before_vowel(stem, british)
            + {
                "ing": "ɪŋ",
                "er": "ə" if british else "əɹ",
                "est": weak + "st",
            }[ending]
        )
    if ending == "ly":
        return (stem[:-1] if stem.endswith("l") else stem) + "li"
    return stem + ("nəs" if ending == "ness" else "ləs")


def _flap(stem: str, british: bool) -> str:
    """American t between vowels becomes a tap."""
    vowel_before = len(stem) > 1 and stem[-2] in "AIOWYiuæɑəɛɪɹʊʌɔ"
    return stem[:-1] + "ɾ" if not british and stem[-1] == "t" and vowel_before else stem


def _before_vowel(stem: str, british: bool) -> str:
    """British r comes back before a vowel; American t is tapped."""
    if british and stem[-1] in "əː" and stem[-2:] not in ("iː", "uː"):
        return stem + "ɹ"
    return _flap(stem, british)
