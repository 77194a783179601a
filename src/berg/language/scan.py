"""Reading a text from left to right by rules: the first that matches says what is there.

A rule answers with what to say for the stretch that it matched, or None to let the next one try.
What to say is words set apart by spaces: `~FBI` is spelled, punctuation is a token of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from berg.language.phones import PUNCTUATION
from berg.language.wording import Token

Saying = str | Sequence[tuple[str, int]] | None
"""What to say for a match: one string for all of it, or strings with the offset each stands for."""
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Saying]]


def rule(pattern: str, say: Callable[[re.Match[str]], Saying]) -> Rule:
    """A rule from its pattern's text."""
    return re.compile(pattern), say


def says(words: str) -> Callable[[re.Match[str]], Saying]:
    """Always the same answer."""
    return lambda match: words


def scan(text: str, rules: Sequence[Rule]) -> Iterator[Token]:
    """Tokens of a text, pointing at offsets. What no rule knows is passed over in silence."""
    at = 0
    while at < len(text):
        for pattern, say in rules:
            match = pattern.match(text, at)
            if match is None or match.end() == at:
                continue
            said = say(match)
            if said is None:
                continue
            yield from _tokens(said, at)
            at = match.end()
            break
        else:
            at += 1


def _tokens(said: str | Sequence[tuple[str, int]], at: int) -> Iterator[Token]:
    for words, offset in [(said, at)] if isinstance(said, str) else said:
        for word in words.split():
            if word[0] == "~":
                yield Token(word[1:], offset, "letters")
            else:
                yield Token(word, offset, "punctuation" if word in PUNCTUATION else "word")
