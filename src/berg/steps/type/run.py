"""The work of type.*: hands words and fonts to `berg.media.type`, stores what it gives."""

from collections.abc import Sequence

from berg.media.type.captions import CaptionStyle, set_pages
from berg.media.type.cards import set_card as card_of
from berg.media.type.endcard import set_end_card as end_card_of
from berg.media.type.label import set_label as label_of
from berg.media.type.setter import Setter, setter
from berg.media.type.subtitles import SubtitleLine, to_srt, to_vtt, with_label
from berg.schema.context import Context
from berg.schema.layer import Layer, Sheet
from berg.schema.step import Inputs
from berg.steps.type.declare import (
    Captions,
    CaptionsParams,
    Card,
    CardParams,
    EndCardParams,
    Label,
    LabelParams,
    LogoInputs,
    SpokenInputs,
    Subtitles,
    SubtitlesInputs,
    SubtitlesParams,
    cues_of,
    timed,
)

PNG = "image/png"


def set_captions(params: CaptionsParams, inputs: SpokenInputs, ctx: Context) -> Captions:
    """Cues always; a sheet if captions are to be drawn and there are words."""
    cues = cues_of(inputs, params.fps)
    if not params.drawn or params.mode == "none":
        return Captions(sheet=None, cues=cues)
    style = CaptionStyle(
        mode=params.mode,
        look=params.look,
        language=params.language,
        family=params.font,
        palette=params.palette,
        width=params.width,
        height=params.height,
        fps=params.fps,
        clear=params.clear,
    )
    words = timed(inputs.words, params.fps)
    made = set_pages(words, style=style, frames=inputs.frames, setter=_setter(ctx))
    return Captions(sheet=_stored(ctx, *made) if made else None, cues=cues)


def set_card(params: CardParams, inputs: SpokenInputs, ctx: Context) -> Card:
    """The sentence as a scene; layout and ground by the seed."""
    ground, image, layers, entrance = card_of(
        timed(inputs.words, params.fps),
        seed=ctx.seed,
        language=params.language,
        family=params.font,
        palette=params.palette,
        brand=params.brand,
        width=params.width,
        height=params.height,
        fps=params.fps,
        frames=inputs.frames,
        setter=_setter(ctx),
        clear=params.clear,
    )
    return Card(ground=ground, sheet=_stored(ctx, image, layers), entrance=entrance)


def set_end_card(params: EndCardParams, inputs: LogoInputs, ctx: Context) -> Card:
    """Logo, name and line."""
    ground, image, layers, entrance = end_card_of(
        brand=params.brand,
        line=params.line,
        logo=ctx.path(inputs.logo) if inputs.logo else None,
        language=params.language,
        family=params.font,
        palette=params.palette,
        width=params.width,
        height=params.height,
        fps=params.fps,
        setter=_setter(ctx),
        scratch=ctx.scratch,
        clear=params.clear,
    )
    return Card(ground=ground, sheet=_stored(ctx, image, layers), entrance=entrance)


def set_label(params: LabelParams, inputs: Inputs, ctx: Context) -> Label:
    """The label on its plate, for every frame of every shot."""
    image, layers = label_of(
        params.text,
        language=params.language,
        family=params.font,
        place=params.place,
        height_thousandths=params.height_thousandths,
        width=params.width,
        height=params.height,
        setter=_setter(ctx),
    )
    return Label(sheet=_stored(ctx, image, layers))


def write_subtitles(params: SubtitlesParams, inputs: SubtitlesInputs, ctx: Context) -> Subtitles:
    """Each shot's cues, moved to the shot's place in the film, and the label."""
    timeline = inputs.timeline
    cues: Sequence[SubtitleLine] = [
        (cue.text, segment.start + cue.first, segment.start + cue.end)
        for segment, shot in zip(timeline.segments, inputs.cues, strict=True)
        for cue in shot
    ]
    if params.label is not None:
        place = {"end_start": timeline.end_start, "frames": timeline.frames}
        cues = with_label(cues, params.label, **place, fps=timeline.fps)
    return Subtitles(
        srt=ctx.put_bytes(to_srt(cues, fps=timeline.fps).encode(), "application/x-subrip"),
        vtt=ctx.put_bytes(to_vtt(cues, fps=timeline.fps).encode(), "text/vtt"),
    )


def _setter(ctx: Context) -> Setter:
    return setter(tuple(ctx.weights.values()))


def _stored(ctx: Context, image: bytes, layers: tuple[Layer, ...]) -> Sheet:
    return Sheet(image=ctx.put_bytes(image, PNG), layers=layers)
