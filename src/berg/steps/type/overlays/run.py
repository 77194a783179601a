"""The work of type.overlays: thin, over `berg.media.type`."""

from fractions import Fraction

from berg.media.type.colour import scheme_on
from berg.media.type.figures import Value, bullets, chart
from berg.media.type.overlays import OverlayStage, callout, strap
from berg.media.type.sheet import Cut, make_sheet
from berg.media.type.title import title_frames
from berg.schema.context import Context
from berg.steps.type.nouns import timed
from berg.steps.type.overlays.declare import Overlaid, SetOverlays
from berg.steps.type.setting import setter_for, stored


def overlays(call: SetOverlays, ctx: Context) -> Overlaid:
    """All overlays of the shot, each in a place of its own."""
    setter = setter_for(ctx)
    stage = OverlayStage(
        width=call.width, height=call.height, fps=call.fps, language=call.language,
        family=setter.family(call.font), scheme=scheme_on(call.palette[0], call.palette),
        setter=setter, words=timed(call.words, call.fps), brand="", clear=call.clear,
        palette=call.palette, frames_all=call.frames, view=call.view, captioned=call.captioned,
        begin=title_frames(call.title, call.fps) if call.title else 0,
    )  # fmt: skip
    made = make_sheet(
        cuts_of(call, stage), setter=setter, language=call.language, width=call.width,
        height=call.height,
    )  # fmt: skip
    return Overlaid(sheet=stored(ctx, *made))


def cuts_of(call: SetOverlays, stage: OverlayStage) -> list[Cut]:
    """What is largest first: it has the least choice of where to stand."""
    cuts: list[Cut] = []
    if call.chart is not None:
        values = [
            Value(
                name=point.name[call.language], value=point.value,
                text=written(point.value) + call.chart.unit,
            )
            for point in call.chart.values
        ]  # fmt: skip
        cuts += chart(stage, call.chart.kind, values)
    if call.items:
        cuts += bullets(stage, call.items)
    if call.who is not None:
        cuts += strap(stage, call.who, call.role)
    if call.callout is not None:
        cuts += callout(stage, call.callout)
    return cuts


def written(value: Fraction) -> str:
    """A number with at most two decimals; thousands are parted."""
    hundredths = round(value * 100)
    whole, rest = divmod(hundredths, 100)
    return f"{whole:,}" + (f".{rest:02d}".rstrip("0") if rest else "")
