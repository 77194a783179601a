"""type.end_card: the card at a film's end: logo, name, and a line."""

from fractions import Fraction

from berg.media.type.arrival import end_entrance
from berg.schema.asset import Asset
from berg.schema.brief import Brand
from berg.schema.call import Given
from berg.schema.handle import Handle
from berg.schema.layer import ALL_FREE, Clear
from berg.schema.needs import Needs
from berg.schema.step import Step, StepKind
from berg.steps.type.nouns import TOOLS, Card, SetType, fonts_in, megapixels, predict_card
from berg.units import MIB


class SetEndCard(SetType):
    """What an end card says."""

    brand: str
    line: str | None
    logo: Given[Asset | None]
    """The logo, if there is one."""
    code: Given[Asset | None] = Given(None)
    """A QR code, one pixel a module, if there is one."""


SET_END_CARD = StepKind(
    capability="type.end_card",
    version=3,
    call=SetEndCard,
    out=Card,
    predict=lambda call: predict_card(call, end_entrance(call.fps)),
    work=megapixels,
    seconds_per_unit=0.15,
    tools=TOOLS,
    weights=fonts_in,
    needs=Needs(memory_bytes=250 * MIB),
    origin="computed",
    called="end card",
    sense="seen",
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
    code: Handle[Asset] | None = None,
) -> Step[Card]:
    """A step that sets the card at a film's end: logo, name, `line`, and a QR `code`."""
    return SET_END_CARD(
        language=language, width=width, height=height, fps=fps, palette=brand.palette,
        font=brand.font, clear=clear, brand=brand.name, line=line,
        logo=brand.logo.asset if brand.logo else None, code=code,
    )  # fmt: skip
