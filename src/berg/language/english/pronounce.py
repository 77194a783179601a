"""One English word to Kokoro's phonemes: lexicon, endings, compounds, spelling out, guessing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from berg.language.english.capitals import wordlike
from berg.language.english.endings import attach, stems
from berg.language.english.guess import Guesser, to_british
from berg.language.english.homographs import choose
from berg.language.english.lexicon import NAMES, Lexicon, Pronunciation
from berg.language.english.stress import (
    FIRST,
    SECOND,
    VOWELS,
    lower,
    main,
    raise_first_vowel,
)
from berg.language.english.symbols import plain, sounded

_RESPELLED = (
    ("our", "or"), ("ise", "ize"), ("isa", "iza"), ("isi", "izi"), ("yse", "yze"), ("tre", "ter"),
    ("ogue", "og"), ("grey", "gray"), ("ll", "l"), ("mme", "m"), ("lour", "lor"),
)  # fmt: skip
_LONGEST_INITIALISM = 4
_LEAST_PART = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class WordContext:
    """What a word stands beside, so far as its sound hangs on it."""

    before_vowel: bool | None
    """Whether the next word begins with a vowel; None when a pause or the end follows."""
    role: Callable[[], str]
    """Its role in the phrase, worked out when a homograph asks."""
    shouting: bool = False
    """Whether it stands among words in capitals, so that capitals say nothing about it."""


class Pronouncer:
    """Lexicon and guesser for one kind of English."""

    def __init__(self, lexicon: Lexicon, guesser: Guesser, *, british: bool) -> None:
        self._lexicon = lexicon
        self._guesser = guesser
        self._british = british

    def say(self, word: str, place: WordContext) -> str:
        """Phonemes of a word; empty when it has no letters."""
        written, word = word, plain(word)
        said = _function_word(word, place) or self._whole(word, place)
        if said is None and not written.isascii():
            said = self._guess(sounded(written)) or None
        if said is None and "-" in word.strip("-"):
            said = self._parts([part for part in word.split("-") if part], place)
        if said is None:
            said = self._unlisted(word, place)
        return _heard(said, word)

    def ordinary(self, word: str) -> bool:
        """Whether a word in capitals is one that people also write in small letters."""
        word = plain(word)
        return self._lexicon.checked(word.lower()) or self._lexicon.checked(word.capitalize())

    def spell(self, letters: str) -> str:
        """Letters one by one, the last with the main stress."""
        said = "".join(self._lexicon.letter(letter) for letter in plain(letters))
        head, stress, tail = said.replace(FIRST, SECOND).rpartition(SECOND)
        return head + FIRST + tail if stress else said

    def _whole(self, word: str, place: WordContext) -> str | None:
        """A word that the lexicon has, as it stands or with an ending."""
        if word.lower() in NAMES:
            said = NAMES[word.lower()]
            return to_british(said) if self._british else said
        if _shouted(word):
            return self._capitals(word, place)
        entry = self._lexicon.find(word)
        if entry is not None:
            return self._variant(entry, place)
        return self._ended(word.lower(), place) or self._respelled(word.lower(), place)

    def _variant(self, entry: Pronunciation, place: WordContext) -> str | None:
        if isinstance(entry, str):
            return entry
        if place.before_vowel is None and entry.get("None"):
            return entry["None"]
        return choose(dict(entry), place.role())

    def _capitals(self, word: str, place: WordContext) -> str:
        """NASA is said, FBI is spelled, SALE is a word that shouts, as KIM beside MARY is."""
        if place.shouting:
            for form in (word.lower(), word.capitalize()):
                if self._lexicon.checked(form):
                    return main(self._whole(form, place) or "")
            if wordlike(word):
                return main(self._whole(word.lower(), place) or self._guess(word))
        exact = self._lexicon.exact(word)
        if exact is not None:
            role = exact if isinstance(exact, str) else exact.get("NOUN", exact["DEFAULT"])
            return role if role is not None else self.spell(word)
        if word.endswith(("'S", "'s")):
            return attach(self._capitals(word[:-2], place), "s", british=self._british) or ""
        ordinary = self._lexicon.checked(word.lower()) or self._ended(word.lower(), place)
        if ordinary and (len(word) > 2 or word.lower() in _SHORT_WORDS):
            return main(self._whole(word.lower(), place) or "")
        if len(word) <= _LONGEST_INITIALISM or not any(c in "AEIOUY" for c in word):
            return self.spell(word)
        return self._whole(word.lower(), place) or self._guess(word)

    def _ended(self, word: str, place: WordContext) -> str | None:
        for stem, ending in stems(word):
            entry = self._lexicon.find(stem)
            said = self._variant(entry, place) if entry is not None else None
            if said:
                return attach(said, ending, british=self._british)
        return None

    def _respelled(self, word: str, place: WordContext) -> str | None:
        """harbour by way of harbor, realize by way of realise."""
        for form in _respellings(word):
            entry = self._lexicon.find(form)
            said = self._variant(entry, place) if entry is not None else self._ended(form, place)
            if said:
                return said
        return None

    def _parts(self, parts: list[str], place: WordContext) -> str:
        said = [self._whole(part, place) or self._unlisted(part, place) for part in parts]
        lightest = min(range(len(said)), key=lambda i: sum(s in VOWELS for s in said[i]))
        said[lightest] = lower(said[lightest])
        return "".join(said)

    def _unlisted(self, word: str, place: WordContext) -> str:
        if word[-1:] == "s" and word[:-1].isupper() and len(word) > 2:
            return attach(self._capitals(word[:-1], place), "s", british=self._british) or ""
        for humps in _humps(word):
            return "".join(self._whole(hump, place) or self._guess(hump) for hump in humps)
        for ending in ("'s", "s'", "'"):
            if word.endswith(ending) and len(word) > len(ending) + 1:
                stem = self._whole(word[: -len(ending)], place) or self._guess(word[: -len(ending)])
                return attach(stem, "s", british=self._british) or stem
        return self._compound(word.lower(), place) or self._guess(word)

    def _compound(self, word: str, place: WordContext) -> str | None:
        """roastmaster: two words that the hand-checked lexicon has."""
        for at in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
            if self._lexicon.checked(word[:at]) and self._lexicon.checked(word[at:]):
                left, right = self._whole(word[:at], place), self._whole(word[at:], place)
                if left and right:
                    return left + lower(right)
        return None

    def _guess(self, word: str) -> str:
        letters = "".join(c for c in word if c.isalpha())
        if letters and not any(c in "aeiouyAEIOUY" for c in letters):
            return self.spell(letters)
        return self._guesser.guess(letters, british=self._british)


_SHORT_WORDS = frozenset(
    ("no", "so", "go", "we", "my", "up", "on", "of", "to", "do", "if", "an", "at", "by", "be")
)
"""Two letters that shout when in capitals; others (IT, US, OR) are more often initials."""


def _function_word(word: str, place: WordContext) -> str | None:
    """Small words whose vowel hangs on what follows."""
    vowel = place.before_vowel
    match word if word == "I" else word.lower():
        case "a":
            return "ɐ"
        case "an":
            return "ɐn"
        case "the":
            return "ði" if vowel else "ðə"
        case "to" if vowel is not None:
            return "tʊ" if vowel else "tə"
        case "in":
            return "ˈɪn" if vowel is None else "ɪn"
        case "am" if vowel is not None:
            return "ɐm"
        case "i" | "I":
            return "ˌI"
        case _:
            return None


def _heard(said: str, word: str) -> str:
    """The model hears a tap as T and no glottal stop; a capital gives a word some weight."""
    if word[:1].isupper() and word.lower() not in ("a", "an", "the", "to", "in", "i"):
        said = raise_first_vowel(said, SECOND)
    return said.replace("ɾ", "T").replace("ʔ", "t")


def _shouted(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters) and "-" not in word


def _respellings(word: str) -> Iterator[str]:
    for british, american in _RESPELLED:
        if british in word:
            yield word.replace(british, american)
    for british, american in _RESPELLED[:8]:
        if american in word:
            yield word.replace(american, british)


def _humps(word: str) -> Iterator[list[str]]:
    """GitHub as Git and Hub; yields nothing for a word without humps."""
    cuts = [
        i
        for i in range(1, len(word))
        if word[i].isupper() and (word[i - 1].islower() or word[i + 1 : i + 2].islower())
    ]
    if cuts and word[0].isalpha():
        edges = [0, *cuts, len(word)]
        yield [word[a:b] for a, b in pairwise(edges)]
