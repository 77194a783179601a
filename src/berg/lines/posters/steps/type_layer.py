"""The declaration of poster.type: a poster's type, set once for each text, size and layout."""

from berg.lines.posters.design.places import picture_size, places_of, type_area
from berg.lines.posters.nouns import Layout, Scheme, Size
from berg.lines.posters.steps.type_nouns import (
    Panel,
    TypeLayer,
    TypeLayerInputs,
    TypeLayerParams,
)
from berg.schema.asset import predicted_asset
from berg.schema.brief import Brand
from berg.schema.layer import ALL_FREE, Clear
from berg.schema.needs import Needs
from berg.schema.step import Step, StepKind, Work
from berg.steps.type.brand_fonts import fonts_of
from berg.units import MIB


def _predict(params: TypeLayerParams, inputs: TypeLayerInputs) -> TypeLayer:
    wide, tall = params.width, params.height
    ground = params.palette[0] if params.palette else "#000000"
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
        page=predicted_asset("application/pdf", size=30_000) if params.paper else None,
    )


def _work(params: TypeLayerParams, inputs: TypeLayerInputs) -> Work:
    return Work(amount=params.width * params.height / 1e6, unit="megapixels")


SET_TYPE = StepKind(
    capability="poster.type",
    version=4,
    params=TypeLayerParams,
    inputs=TypeLayerInputs,
    out=TypeLayer,
    runner="berg.lines.posters.steps.type_run:set_type",
    predict=_predict,
    work=_work,
    seconds_per_unit=0.04,
    tools=("typst", "pillow", "opencv-contrib-python-headless"),
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
    params = TypeLayerParams(
        layout=layout.name, headline=headline, body=body, cta=cta, brand=brand.name,
        palette=brand.palette, font=brand.font, scheme=scheme, place=place, language=language,
        width=size.width, height=size.height, with_picture=with_picture,
        paper=size.paper_mm is not None, clear=clear,
    )  # fmt: skip
    logo = brand.logo.asset if brand.logo else None
    inputs = {"logo": logo, "template": layout.template}
    return SET_TYPE.step(params=params, inputs=inputs, weights=fonts_of(brand))


__all__ = ["SET_TYPE", "picture_size", "places_of", "set_type", "type_area"]
