"""type.card: a shot without footage, its sentence set word by word as it is spoken."""

from fractions import Fraction

from berg.media.type.arrival import card_entrance
from berg.schema.brief import Brand
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear
from berg.schema.needs import Needs
from berg.schema.step import Step, StepKind
from berg.steps.speech import Word
from berg.steps.type.nouns import TOOLS, Card, Spoken, fonts_in, megapixels, predict_card, timed
from berg.units import MIB


class SetCard(Spoken):
    """How a card looks, besides what its seed chooses."""

    brand: str
    """Name in the footer."""


def _predict(call: SetCard) -> Card:
    words = timed(call.words, call.fps)
    return predict_card(call, card_entrance(words, frames=call.frames, fps=call.fps))


SET_CARD = StepKind(
    capability="type.card",
    version=3,
    call=SetCard,
    out=Card,
    predict=_predict,
    work=megapixels,
    seconds_per_unit=0.2,
    tools=TOOLS,
    weights=fonts_in,
    needs=Needs(memory_bytes=220 * MIB),
    origin="computed",
    called="cards",
    sense="seen",
)


def set_card(
    words: Handle[tuple[Word, ...]],
    frames: Handle[int],
    *,
    language: str,
    seed: int,
    width: int,
    height: int,
    fps: Fraction,
    brand: Brand,
    clear: Clear = ALL_FREE,
) -> Step[Card]:
    """A step that sets a shot without footage: its sentence, word by word as it is spoken."""
    step = SET_CARD(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, brand=brand.name, words=words, frames=frames,
    )  # fmt: skip
    return step.seeded(seed)
