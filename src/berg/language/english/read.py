"""The English reader: text to Kokoro's symbols."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Self

from berg.language.chinese.pinyin import has_han, symbols_of_han
from berg.language.english.guess import Guesser
from berg.language.english.homographs import role
from berg.language.english.lexicon import Lexicon
from berg.language.english.normalise import normalise
from berg.language.english.pronounce import Pronouncer, WordContext
from berg.language.english.stress import VOWELS
from berg.language.phones import Phone, Reading, phones, punctuation
from berg.language.wording import Token

_OPENING = frozenset("(“")


class EnglishReader:
    """Lexicons and guesser, opened."""

    def __init__(self, pronouncer: Pronouncer, *, british: bool) -> None:
        self._pronouncer = pronouncer
        self._british = british

    @classmethod
    def open(cls, gold: Path, silver: Path, guesser: Path, *, british: bool) -> Self:
        """Open the two lexicons and the guesser's model."""
        lexicon = Lexicon.open(gold, silver)
        return cls(Pronouncer(lexicon, Guesser.open(guesser), british=british), british=british)

    def read(self, text: str) -> Reading:
        """A tidy text as symbols, with the written words that they belong to."""
        said = normalise(text, british=self._british)
        return Reading(said.written, tuple(self.symbols(said.tokens)))

    def symbols(self, tokens: Sequence[Token]) -> list[Phone]:
        """Symbols of tokens that already point at written words."""
        sounds = self._sounds(tokens)
        line: list[Phone] = []
        for token, sound in zip(tokens, sounds, strict=True):
            opens = token.text in _OPENING
            if (
                line
                and sound
                and (token.kind != "punctuation" or opens)
                and line[-1].symbol not in _OPENING
            ):
                line.append(punctuation(" "))
            if token.kind == "punctuation":
                line += [punctuation(symbol) for symbol in sound]
            else:
                line += phones(sound, token.at)
        return line

    def _sounds(self, tokens: Sequence[Token]) -> list[str]:
        """Each token's symbols, from the last to the first: a word may hang on the next one."""
        phrases = _phrases(tokens)
        sounds = [""] * len(tokens)
        shouted = self._shouted(tokens)
        before_vowel: bool | None = None
        for i in range(len(tokens) - 1, -1, -1):
            token = tokens[i]
            if token.kind == "punctuation":
                sounds[i] = token.text
                before_vowel = before_vowel if token.text in "“”" else None
                continue
            words, at = phrases[i]
            place = WordContext(
                before_vowel=before_vowel,
                role=partial(role, token.text.lower(), words, at),
                shouting=i in shouted,
            )
            sounds[i] = self._sound(token, place)
            letters = [s for s in sounds[i] if s not in "ˈˌ "]
            before_vowel = letters[0] in VOWELS if letters else before_vowel
        return sounds

    def _shouted(self, tokens: Sequence[Token]) -> set[int]:
        """Places in runs of capitals that are sentences or names, not initialisms side by side."""
        found: set[int] = set()
        run: list[int] = []
        for i, token in enumerate([*tokens, Token("", 0)]):
            if token.kind == "word" and token.text.isupper():
                run.append(i)
                continue
            if token.kind == "punctuation" and token.text in ",“”":
                continue
            words = [tokens[j].text for j in run if len(tokens[j].text) > 1]
            known = [word for word in words if self._pronouncer.ordinary(word)]
            telling = any(len(word) > 3 for word in known) or len(known) > 2
            if len(run) > 1 and telling and 2 * len(known) >= len(words):
                found.update(run)
            run = []
        return found

    def _sound(self, token: Token, place: WordContext) -> str:
        if token.kind == "letters":
            return self._pronouncer.spell(token.text)
        if has_han(token.text):
            return symbols_of_han(token.text)
        return self._pronouncer.say(token.text, place)


def _phrases(tokens: Sequence[Token]) -> list[tuple[list[str], int]]:
    """For each token its phrase (the lower-case words between two pauses) and its place in it."""
    result: list[tuple[list[str], int]] = []
    phrase: list[str] = []
    for token in tokens:
        if token.kind == "punctuation" and token.text not in "“”":
            phrase = []
        result.append((phrase, len(phrase)))
        if token.kind != "punctuation":
            phrase.append(token.text.lower())
    return result
