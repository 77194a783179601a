"""type.captions: a shot's sentence, as type over the picture and as cues."""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.arrival import KEEP_CLEAR
from berg.media.type.subtitles import portions
from berg.schema.brief import Brand
from berg.schema.choices import CaptionLook, CaptionMode
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.speech import Word
from berg.steps.type.nouns import TOOLS, Cue, Spoken, fonts_in, predict_sheet, timed
from berg.units import MIB


class Captions(Out):
    """A shot's sentence, as type over the picture and as cues."""

    sheet: Sheet | None
    """None if nothing is to be drawn."""
    cues: tuple[Cue, ...]


class SetCaptions(Spoken):
    """How a shot's captions look."""

    mode: CaptionMode
    drawn: bool
    """Whether there is a sheet; cues there are always."""
    look: CaptionLook
    keep_clear: int = KEEP_CLEAR
    """Frames at the shot's end without captions: a dissolve may lie there."""


def draws(call: SetCaptions) -> bool:
    """Whether anything is drawn, and fonts needed."""
    return call.drawn and call.mode != "none"


def cues_of(words: Sequence[Word], *, frames: int, fps: Fraction) -> tuple[Cue, ...]:
    """A shot's cues: pure and quick, so that a plan has them exactly."""
    found = portions(timed(words, fps), frames=frames, fps=fps)
    return tuple(Cue(text=text, first=first, end=end) for text, first, end in found)


def _predict(call: SetCaptions) -> Captions:
    sheet = predict_sheet(call, 0.4) if draws(call) and call.words else None
    return Captions(sheet=sheet, cues=cues_of(call.words, frames=call.frames, fps=call.fps))


def _work(call: SetCaptions) -> Work:
    states = len(call.words) if call.mode == "word" else 1
    pixels = call.width * call.height * (1 + states / 4) if draws(call) else 0
    return Work(amount=pixels / 1e6, unit="megapixels")


SET_CAPTIONS = StepKind(
    capability="type.captions",
    version=1,
    call=SetCaptions,
    out=Captions,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.012,
    tools=TOOLS,
    weights=lambda call: fonts_in(call) if draws(call) else (),
    needs=Needs(memory_bytes=180 * MIB),
    origin="computed",
    called="captions",
    sense="seen",
)


def set_captions(
    words: Handle[tuple[Word, ...]],
    frames: Handle[int],
    *,
    language: str,
    mode: CaptionMode,
    drawn: bool,
    look: CaptionLook,
    width: int,
    height: int,
    fps: Fraction,
    brand: Brand,
    clear: Clear = ALL_FREE,
    keep_clear: int = KEEP_CLEAR,
) -> Step[Captions]:
    """A step that sets a shot's captions. `drawn` False gives cues only, and needs no fonts.

    Captions stand at the foot: a label at the top sets none of them again.
    """
    return SET_CAPTIONS(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=Clear(bottom=clear.bottom), mode=mode, drawn=drawn, look=look,
        words=words, frames=frames, keep_clear=keep_clear,
    )  # fmt: skip
