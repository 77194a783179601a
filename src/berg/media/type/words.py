"""Words with their times in frames: what captions, cards and subtitles are made from.

Pure and light, so that a declaration may use it to foresee.
"""

from dataclasses import dataclass, replace

from berg.media.type.text import clean


@dataclass(frozen=True, kw_only=True, slots=True)
class TimedWord:
    """One spoken word with the punctuation that clings to it."""

    text: str
    space: bool
    """Whether white space follows it."""
    first: int
    """Frame of the shot in which it begins to sound."""
    end: int
    """Frame in which it has ended."""


def cleaned(words: tuple[TimedWord, ...]) -> tuple[TimedWord, ...]:
    """The words without control characters; those of which nothing is left are dropped."""
    kept: list[TimedWord] = []
    for word in words:
        text = clean(word.text)
        if text:
            kept.append(replace(word, text=text))
        elif kept:
            kept[-1] = replace(kept[-1], space=kept[-1].space or word.space)
    return tuple(kept)
