"""The declaration of poster.type: a poster's type, set once for each text, size and layout."""

from berg.lines.posters.nouns import Layout, Scheme, Size
from berg.lines.posters.steps.type.nouns import Panel, TypeLayer
from berg.schema.asset import Asset, predicted_asset
from berg.schema.brief import Brand
from berg.schema.call import Call, Given
from berg.schema.layer import ALL_FREE, Clear
from berg.schema.needs import Needs
from berg.schema.step import Step, StepKind, Work
from berg.steps.type.nouns import TOOLS, fonts_for
from berg.units import MIB


class SetPosterType(Call):
    """What a poster says, and how it is laid out."""

    layout: str
    """One of berg's own; of a user's template its file name, for messages."""
    headline: str
    body: str | None
    cta: str | None
    brand: str
    palette: tuple[str, ...]
    font: str
    scheme: Scheme
    place: str
    """One of `places_of`."""
    language: str
    width: int
    """Width of the poster, pixels."""
    height: int
    with_picture: bool
    paper: bool = False
    """Printed at 300 dpi: what counts as legible is then a size on paper."""
    clear: Clear = ALL_FREE
    """Bands of the safe box that a visible label takes."""
    logo: Given[Asset | None]
    """The logo, if there is one."""
    template: Given[Asset | None]
    """The user's own, if it is one."""


def _predict(call: SetPosterType) -> TypeLayer:
    wide, tall = call.width, call.height
    ground = call.palette[0] if call.palette else "#000000"
    return TypeLayer(
        sheet=predicted_asset("image/png", size=wide * tall // 20 + 400),
        left=0,
        top=0,
        width=wide,
        height=tall,
        boxes=(),
        ground=(ground,),
        panel=Panel(x=0, y=0, width=wide, height=tall),
        scrim=ground,
        smallest=min(wide, tall) // 40,
        scale=1000,
        problems=(),
        page=predicted_asset("application/pdf", size=30_000) if call.paper else None,
    )


def _work(call: SetPosterType) -> Work:
    return Work(amount=call.width * call.height / 1e6, unit="megapixels")


SET_TYPE = StepKind(
    capability="poster.type",
    version=4,
    call=SetPosterType,
    out=TypeLayer,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.04,
    tools=TOOLS,
    weights=lambda call: fonts_for(call.font),
    time_limit_s=120.0,
    origin="computed",
    needs=Needs(memory_bytes=250 * MIB),
    called="type",
    sense="seen",
)


def set_type(
    *,
    layout: Layout,
    headline: str,
    body: str | None,
    cta: str | None,
    brand: Brand,
    scheme: Scheme,
    place: str,
    language: str,
    size: Size,
    with_picture: bool,
    clear: Clear = ALL_FREE,
) -> Step[TypeLayer]:
    """A step that sets a poster's type; `place` is one of `places_of`."""
    return SET_TYPE(
        layout=layout.name, headline=headline, body=body, cta=cta, brand=brand.name,
        palette=brand.palette, font=brand.font, scheme=scheme, place=place, language=language,
        width=size.width, height=size.height, with_picture=with_picture,
        paper=size.paper_mm is not None, clear=clear,
        logo=brand.logo.asset if brand.logo else None, template=layout.template,
    )  # fmt: skip
