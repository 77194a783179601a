"""type.overlays: strap, call-out, list and chart of one shot, as one sheet."""

from fractions import Fraction

from berg.schema.brief import Brand
from berg.schema.call import Given
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear, Sheet, View
from berg.schema.needs import Needs
from berg.schema.overlay import Chart, Overlays
from berg.schema.step import Out, Step, StepKind
from berg.steps.speech import Word
from berg.steps.type.nouns import TOOLS, Spoken, fonts_in, megapixels, predict_sheet
from berg.units import MIB


class Overlaid(Out):
    """Overlays, set."""

    sheet: Sheet


class SetOverlays(Spoken):
    """What stands over the picture, in one language."""

    title: str | None = None
    """A title that stands over the shot before them."""
    who: str | None = None
    role: str | None = None
    callout: str | None = None
    items: tuple[str, ...] = ()
    chart: Chart | None = None
    captioned: bool
    """Whether captions stand at the foot."""
    view: Given[View]


SET_OVERLAYS = StepKind(
    capability="type.overlays",
    version=2,
    call=SetOverlays,
    out=Overlaid,
    predict=lambda call: Overlaid(sheet=predict_sheet(call, 0.3)),
    work=megapixels,
    seconds_per_unit=0.1,
    tools=(*TOOLS, "jieba"),
    weights=fonts_in,
    needs=Needs(memory_bytes=250 * MIB),
    origin="computed",
    called="overlays",
    sense="seen",
)


def set_overlays(
    overlays: Overlays,
    words: Handle[tuple[Word, ...]],
    frames: Handle[int],
    view: Handle[View],
    *,
    language: str,
    captioned: bool,
    title: str | None,
    width: int,
    height: int,
    fps: Fraction,
    brand: Brand,
    clear: Clear = ALL_FREE,
) -> Step[Overlaid]:
    """A step that sets what stands over a shot's picture in one language."""
    return SET_OVERLAYS(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, captioned=captioned, words=words, frames=frames, view=view,
        title=title,
        who=overlays.strap.who[language] if overlays.strap else None,
        role=overlays.strap.role[language] if overlays.strap and overlays.strap.role else None,
        callout=overlays.callout[language] if overlays.callout else None,
        items=overlays.items[language] if overlays.items else (),
        chart=_in_language(overlays.chart, language),
    )  # fmt: skip


def _in_language(chart: Chart | None, language: str) -> Chart | None:
    """The chart with its names in one language: another's edit draws none of it again."""
    if chart is None:
        return None
    points = [
        point.model_copy(update={"name": {language: point.name[language]}})
        for point in chart.values
    ]
    return chart.model_copy(update={"values": tuple(points)})
