"""Cards: shots without footage, set as bold moving type in the brand's colours.

The seed chooses layout and ground, so that neighbours differ and an edit changes only its card.
"""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.arrival import card_entrance
from berg.media.type.colour import schemes
from berg.media.type.coverage import coverage, settable
from berg.media.type.layouts import LAYOUTS
from berg.media.type.pieces import settable_words
from berg.media.type.setter import Setter
from berg.media.type.sheet import make_sheet
from berg.media.type.stage import CardStage
from berg.media.type.words import TimedWord
from berg.schema.layer import ALL_FREE, Clear, Layer

_SMALL = """
a an the of to in on at by for from with and or but nor as if that than is are was were be been my
your our his her its their no not very so we i he she it they you this these those all every before
after when while who what which there here have has had will would can could should just into over
under then them our us 我们 你们 他们 已经 开始 之前 之后 因为 所以 但是 自己 这个 那个 每 一个
没有 可以 就是 还是 什么 时候
"""
_SMALL_WORDS = frozenset(_SMALL.split())
"""Words that are never set off."""


def set_card(
    words: Sequence[TimedWord],
    *,
    seed: int,
    language: str,
    family: str,
    palette: Sequence[str],
    brand: str,
    width: int,
    height: int,
    fps: Fraction,
    frames: int,
    setter: Setter,
    clear: Clear = ALL_FREE,
) -> tuple[tuple[str, str], bytes, tuple[Layer, ...], int]:
    """Ground (top, bottom), sheet, layers, and frames until all have arrived.

    Raises StepError if a letter is in none of the setter's fonts.
    """
    seen = settable_words(words, setter)
    choices = schemes(palette)
    stage = CardStage(
        width=width, height=height, fps=fps, language=language, family=setter.family(family),
        scheme=choices[seed // len(LAYOUTS) % len(choices)], setter=setter, words=seen,
        brand=settable(brand, coverage(setter.fonts)), clear=clear,
    )  # fmt: skip
    cuts = LAYOUTS[seed % len(LAYOUTS)](stage, keyword(seen)) if seen else []
    image, layers = make_sheet(cuts, setter=setter, language=language, width=width, height=height)
    return stage.scheme.ground, image, layers, card_entrance(words, frames=frames, fps=fps)


def keyword(words: Sequence[TimedWord]) -> int:
    """Index of the word to be set off: the longest that carries meaning, a later one on a tie."""

    def weight(index: int) -> tuple[int, int]:
        bare = words[index].text.strip("、。，．！？；：,.!?;:…“”\"'()（）「」").lower()
        return (0 if bare in _SMALL_WORDS else len(bare), index)

    return max(range(len(words)), key=weight)
