"""Words measured and made into pieces that lines are built of."""

from collections.abc import Sequence
from dataclasses import replace

from berg.errors import StepError
from berg.media.type.breaks import NO_END, NO_START, Unbreakable
from berg.media.type.coverage import coverage, missing_glyphs, settable
from berg.media.type.setter import Setter, Typeface
from berg.media.type.text import clusters, is_wide
from berg.media.type.words import TimedWord, cleaned

_SQUARE = "国"


def settable_words(words: Sequence[TimedWord], setter: Setter) -> tuple[TimedWord, ...]:
    """The words as the fonts can set them; those of pictographs alone are dropped.

    Raises StepError if a letter is in none of the fonts: an empty box would be worse.
    """
    missing = missing_glyphs("".join(word.text for word in words), setter.fonts)
    if missing:
        raise StepError(
            f"no font that berg was given has {missing[:40]!r}: choose another font, or other words"
        )
    covered = coverage(setter.fonts)
    return cleaned(tuple(replace(w, text=settable(w.text, covered)) for w in words))


def measured(
    words: Sequence[TimedWord], face: Typeface, *, setter: Setter, language: str, widest: float
) -> tuple[list[Unbreakable], float]:
    """Pieces for the words, and the width of a blank. Words wider than a line are taken apart."""
    texts = [w.text + (_SQUARE if is_wide(w.text[-1]) else "") for w in words]
    *widths, blank, without, square = setter.widths(
        [*texts, "n n", "nn", _SQUARE], face, language=language
    )
    space = blank - without
    # Punctuation that ends a line is set narrower: a square after it shows its width inside one.
    widths = [w - square * (t[-1] == _SQUARE) for w, t in zip(widths, texts, strict=True)]
    pieces: list[Unbreakable] = []
    for index, word in enumerate(words):
        whole = Unbreakable(text=word.text, space=word.space, width=widths[index], word=index)
        if whole.width <= widest:
            pieces.append(whole)
        else:
            pieces.extend(_parts(whole, face, setter=setter, language=language, widest=widest))
    return pieces, space


def _parts(
    whole: Unbreakable, face: Typeface, *, setter: Setter, language: str, widest: float
) -> list[Unbreakable]:
    units = list(clusters(whole.text))
    widths = setter.widths(units, face, language=language)
    parts: list[Unbreakable] = []
    text, width = "", 0.0
    for unit, wide in zip(units, widths, strict=True):
        if (
            text
            and width + wide > widest * 0.96
            and unit[0] not in NO_START
            and text[-1] not in NO_END
        ):
            parts.append(Unbreakable(text=text, space=False, width=width, word=whole.word))
            text, width = "", 0.0
        text, width = text + unit, width + wide
    parts.append(Unbreakable(text=text, space=whole.space, width=width, word=whole.word))
    return parts
