"""type.*: captions and cards, set in the brand's type; `label` and `subtitles` stand beside.

What a step is told holds only what its pixels need: a renamed brand sets no caption again.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from berg.media.type.arrival import card_entrance, end_entrance
from berg.media.type.label_room import clear_of
from berg.media.type.subtitles import portions
from berg.media.type.words import TimedWord
from berg.schema.asset import predicted_asset
from berg.schema.brief import Brand
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.needs import Needs
from berg.schema.step import Inputs, Step, StepKind, Work
from berg.steps.speech.declare import LEAD_FRAMES, SAMPLE_RATE, Word
from berg.steps.type.brand_fonts import TOOLS, fonts_of
from berg.steps.type.label import SET_LABEL, set_label
from berg.steps.type.nouns import (
    Captions,
    CaptionsParams,
    Card,
    CardParams,
    Cue,
    EndCardParams,
    Label,
    LabelParams,
    LogoInputs,
    SpokenInputs,
    Subtitles,
    SubtitlesInputs,
    SubtitlesParams,
    TypeParams,
)
from berg.steps.type.subtitles import WRITE_SUBTITLES, write_subtitles
from berg.units import MIB, seconds_to_frame


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


def cues_of(inputs: SpokenInputs, fps: Fraction) -> tuple[Cue, ...]:
    """The shot's cues: pure and quick, so that a plan has them exactly."""
    found = portions(timed(inputs.words, fps), frames=inputs.frames, fps=fps)
    return tuple(Cue(text=text, first=first, end=end) for text, first, end in found)


def _frame(sample: int, fps: Fraction) -> int:
    return LEAD_FRAMES + seconds_to_frame(Fraction(sample, SAMPLE_RATE), fps)


def _sheet(params: TypeParams, share: float) -> Sheet:
    pixels = params.width * params.height * share
    return Sheet(image=predicted_asset("image/png", size=int(pixels * 0.25) + 400), layers=())


def _predict_captions(params: CaptionsParams, inputs: SpokenInputs) -> Captions:
    sheet = _sheet(params, 0.4) if _draws(params) and inputs.words else None
    return Captions(sheet=sheet, cues=cues_of(inputs, params.fps))


def _draws(params: CaptionsParams) -> bool:
    return params.drawn and params.mode != "none"


def _work_captions(params: CaptionsParams, inputs: SpokenInputs) -> Work:
    states = len(inputs.words) if params.mode == "word" else 1
    pixels = params.width * params.height * (1 + states / 4) if _draws(params) else 0
    return Work(amount=pixels / 1e6, unit="megapixels")


SET_CAPTIONS = StepKind(
    capability="type.captions",
    version=1,
    params=CaptionsParams,
    inputs=SpokenInputs,
    out=Captions,
    runner="berg.steps.type.run:set_captions",
    predict=_predict_captions,
    work=_work_captions,
    seconds_per_unit=0.012,
    tools=TOOLS,
    origin="computed",
    needs=Needs(memory_bytes=180 * MIB),
    called="captions",
    sense="seen",
)


def _predict_card(params: CardParams, inputs: SpokenInputs) -> Card:
    words = timed(inputs.words, params.fps)
    entrance = card_entrance(words, frames=inputs.frames, fps=params.fps)
    first = params.palette[0] if params.palette else "#000000"
    return Card(ground=(first, first), sheet=_sheet(params, 0.6), entrance=entrance)


def _work_card(params: TypeParams, inputs: Inputs) -> Work:
    return Work(amount=params.width * params.height / 1e6, unit="megapixels")


SET_CARD = StepKind(
    capability="type.card",
    version=2,
    params=CardParams,
    inputs=SpokenInputs,
    out=Card,
    runner="berg.steps.type.run:set_card",
    predict=_predict_card,
    work=_work_card,
    seconds_per_unit=0.2,
    tools=TOOLS,
    origin="computed",
    needs=Needs(memory_bytes=220 * MIB),
    called="cards",
    sense="seen",
)


def _predict_end_card(params: EndCardParams, inputs: LogoInputs) -> Card:
    first = params.palette[0] if params.palette else "#000000"
    entrance = end_entrance(params.fps)
    return Card(ground=(first, first), sheet=_sheet(params, 0.6), entrance=entrance)


SET_END_CARD = StepKind(
    capability="type.end_card",
    version=2,
    params=EndCardParams,
    inputs=LogoInputs,
    out=Card,
    runner="berg.steps.type.run:set_end_card",
    predict=_predict_end_card,
    work=_work_card,
    seconds_per_unit=0.15,
    tools=TOOLS,
    origin="computed",
    needs=Needs(memory_bytes=250 * MIB),
    called="end card",
    sense="seen",
)


def set_captions(
    words: Handle[tuple[Word, ...]],
    frames: Handle[int],
    *,
    language: str,
    mode: Literal["none", "sentence", "word"],
    drawn: bool,
    look: Literal["plate", "outline"],
    width: int,
    height: int,
    fps: Fraction,
    brand: Brand,
    clear: Clear = ALL_FREE,
) -> Step[Captions]:
    """A step that sets a shot's captions. `drawn` False gives cues only, and needs no fonts.

    Captions stand at the foot: a label at the top sets none of them again.
    """
    params = CaptionsParams(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=Clear(bottom=clear.bottom), mode=mode, drawn=drawn, look=look,
    )  # fmt: skip
    weights = fonts_of(brand) if _draws(params) else ()
    return SET_CAPTIONS.step(
        params=params, inputs={"words": words, "frames": frames}, weights=weights
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
    params = CardParams(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, brand=brand.name,
    )  # fmt: skip
    return SET_CARD.step(
        params=params, inputs={"words": words, "frames": frames}, weights=fonts_of(brand), seed=seed
    )


def set_end_card(
    *,
    brand: Brand,
    line: str | None,
    language: str,
    width: int,
    height: int,
    fps: Fraction,
    clear: Clear = ALL_FREE,
) -> Step[Card]:
    """A step that sets the card at a film's end: logo, name, and `line`, such as where to order."""
    params = EndCardParams(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, brand=brand.name, line=line,
    )  # fmt: skip
    logo = brand.logo.asset if brand.logo else None
    return SET_END_CARD.step(params=params, inputs={"logo": logo}, weights=fonts_of(brand))


__all__ = [
    "SET_CAPTIONS",
    "SET_CARD",
    "SET_END_CARD",
    "SET_LABEL",
    "WRITE_SUBTITLES",
    "Captions",
    "CaptionsParams",
    "Card",
    "CardParams",
    "Cue",
    "EndCardParams",
    "Label",
    "LabelParams",
    "LogoInputs",
    "SpokenInputs",
    "Subtitles",
    "SubtitlesInputs",
    "SubtitlesParams",
    "TypeParams",
    "clear_of",
    "cues_of",
    "fonts_of",
    "set_captions",
    "set_card",
    "set_end_card",
    "set_label",
    "timed",
    "write_subtitles",
]
