"""What the steps of type.* share: cues, cards, what all set type is told and opens. Light."""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.words import TimedWord
from berg.schema._base import Frozen
from berg.schema.asset import predicted_asset
from berg.schema.brief import Brand
from berg.schema.call import Call, Each, Given
from berg.schema.choices import FALLBACK_FONTS
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.step import Out, Work
from berg.steps.speech import LEAD_FRAMES, SAMPLE_RATE, Word
from berg.units import Rational, seconds_to_frame

TOOLS = ("typst", "pillow", "opencv-contrib-python-headless")
"""Whose versions are in the keys of set type."""


def fonts_of(brand: Brand) -> tuple[str, ...]:
    """Catalogue names of the fonts that set a brand's type: its own, and one for Han."""
    return fonts_for(brand.font)


def fonts_for(family: str) -> tuple[str, ...]:
    """As `fonts_of`, by the name of the brand's font."""
    own = family.lower().replace(" ", "-")
    return tuple(dict.fromkeys((own, *FALLBACK_FONTS)))


class Cue(Frozen):
    """What a subtitle file shows at a time."""

    text: str
    """Lines parted by a line feed."""
    first: int
    """First frame, of its shot."""
    end: int
    """Frame in which it has gone."""


class Card(Out):
    """A scene of type on a plain ground."""

    ground: tuple[str, str]
    """`#RRGGBB`, top and bottom of a vertical blend."""
    sheet: Sheet
    entrance: int
    """Frames until every layer has arrived."""


class SetType(Call):
    """What all set type is told."""

    language: str
    width: int
    """Width of the picture, pixels."""
    height: int
    fps: Rational
    palette: tuple[str, ...]
    font: str
    clear: Clear = ALL_FREE
    """What is kept free for a label."""


class Spoken(SetType):
    """And a sentence's words, and the length of its shot."""

    words: Each[Word]
    frames: Given[int]


def timed(words: Sequence[Word], fps: Fraction) -> tuple[TimedWord, ...]:
    """Words with their times in frames of the shot."""
    return tuple(
        TimedWord(
            text=word.text,
            space=word.space,
            first=_frame(word.start, fps),
            end=max(_frame(word.end, fps), _frame(word.start, fps) + 1),
        )
        for word in words
    )


def _frame(sample: int, fps: Fraction) -> int:
    return LEAD_FRAMES + seconds_to_frame(Fraction(sample, SAMPLE_RATE), fps)


def predict_sheet(call: SetType, share: float) -> Sheet:
    """A sheet that covers so much of the picture, 0 to 1."""
    pixels = call.width * call.height * share
    return Sheet(image=predicted_asset("image/png", size=int(pixels * 0.25) + 400), layers=())


def predict_card(call: SetType, entrance: int) -> Card:
    """A card on the first colour of the palette."""
    first = call.palette[0] if call.palette else "#000000"
    return Card(ground=(first, first), sheet=predict_sheet(call, 0.6), entrance=entrance)


def megapixels(call: SetType) -> Work:
    """Work that grows with the picture."""
    return Work(amount=call.width * call.height / 1e6, unit="megapixels")


def fonts_in(call: SetType) -> tuple[str, ...]:
    """The fonts that a call opens, for `StepKind.weights`."""
    return fonts_for(call.font)
