"""The Chinese reader: text to Kokoro's symbols, with English words read by the English reader."""

from collections.abc import Sequence

from berg.language.chinese.normalise import normalise
from berg.language.chinese.pinyin import has_han, syllables, symbols_of
from berg.language.chinese.polyphones import settle
from berg.language.chinese.sandhi import Syllable, melts, sandhi
from berg.language.chinese.segment import is_word, segment
from berg.language.english.read import EnglishReader
from berg.language.phones import Phone, mark, phones
from berg.language.reading import Reading
from berg.language.wording import Token

_OPENING = frozenset("(“")


class ChineseReader:
    """Pinyin tables and, where a text has Latin letters, an English reader."""

    def __init__(self, english: EnglishReader | None) -> None:
        self._english = english

    def read(self, text: str) -> Reading:
        """A tidy text as symbols, with the written words that they belong to."""
        said = normalise(text, segment)
        line: list[Phone] = []
        run: list[Token] = []
        for token in (*said.tokens, None):
            if token is not None and (not run or _kind(token) == _kind(run[-1])):
                run.append(token)
                continue
            self._append(line, run)
            run = [token] if token is not None else []
        return Reading(said.written, tuple(line))

    def _append(self, line: list[Phone], run: Sequence[Token]) -> None:
        """Add a run of tokens of one kind, with a space before it where one belongs."""
        if not run:
            return
        if run[0].kind == "mark":
            for token in run:
                if token.text in _OPENING and line:
                    line.append(mark(" "))
                line.append(mark(token.text))
            return
        if line and line[-1].symbol not in _OPENING:
            line.append(mark(" "))
        if _kind(run[0]) == "han":
            line += _chinese(run)
        elif self._english is not None:
            line += self._english.symbols(run)


def _kind(token: Token) -> str:
    if token.kind == "mark":
        return "mark"
    return "han" if has_han(token.text) else "latin"


def _chinese(run: Sequence[Token]) -> list[Phone]:
    """A phrase without a pause: words apart, tones as they are said together."""
    phrase = settle(_syllables(run), is_word=is_word)
    line: list[Phone] = []
    last = -1
    for said, plain in zip(sandhi(phrase, is_word=is_word), phrase, strict=True):
        token = run[said.word]
        if line and said.word != last:
            line.append(mark(" "))
        melted = melts(token.text, _place(phrase, plain))
        line += phones("ɚ" if melted else symbols_of(said.pinyin), token.at)
        last = said.word
    return line


def _place(phrase: Sequence[Syllable], syllable: Syllable) -> int:
    """Where in its word a syllable stands."""
    inside = [s for s in phrase if s.word == syllable.word]
    return next(i for i, s in enumerate(inside) if s is syllable)


def _syllables(run: Sequence[Token]) -> list[Syllable]:
    read = syllables([token.text for token in run])
    return [
        Syllable(han, pinyin, index)
        for index, (token, pinyins) in enumerate(zip(run, read, strict=True))
        for han, pinyin in zip(token.text, pinyins, strict=False)
    ]
