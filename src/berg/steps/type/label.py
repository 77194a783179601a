"""The declaration of type.label: the visible label, set once for all that show it."""

from berg.media.type.label_room import PAD, corner_of, em_of, ems_of, plate_height
from berg.schema.asset import predicted_asset
from berg.schema.brief import Brand
from berg.schema.layer import Layer, Sheet
from berg.schema.marking import Place
from berg.schema.needs import Needs
from berg.schema.step import Inputs, Step, StepKind, Work
from berg.steps.type.brand_fonts import TOOLS, fonts_of
from berg.steps.type.nouns import Label, LabelParams
from berg.units import MIB


def _predict_label(params: LabelParams, inputs: Inputs) -> Label:
    em = em_of(height=params.height_thousandths, picture=(params.width, params.height))
    wide, tall = round(em * (ems_of(params.text) + 2 * PAD / 1000)), plate_height(em)
    image = predicted_asset("image/png", size=wide * tall // 3 + 300)
    left, top = corner_of(params.place, (wide, tall), picture=(params.width, params.height))
    layer = Layer(x=0, y=0, width=wide, height=tall, left=left, top=top)
    return Label(sheet=Sheet(image=image, layers=(layer,)))


def _work_label(params: LabelParams, inputs: Inputs) -> Work:
    em = em_of(height=params.height_thousandths, picture=(params.width, params.height))
    return Work(amount=em**2 * 20 / 1e6, unit="megapixels")


SET_LABEL = StepKind(
    capability="type.label",
    version=1,
    params=LabelParams,
    inputs=Inputs,
    out=Label,
    runner="berg.steps.type.run:set_label",
    predict=_predict_label,
    work=_work_label,
    seconds_per_unit=0.2,
    tools=TOOLS,
    origin="computed",
    needs=Needs(memory_bytes=180 * MIB),
    called="label",
    sense="seen",
)


def set_label(
    text: str,
    *,
    language: str,
    place: Place,
    height_thousandths: int,
    width: int,
    height: int,
    brand: Brand,
) -> Step[Label]:
    """A step that sets the visible label of a whole film in one language; every shot shows it.

    `height_thousandths` is the type's em in thousandths of the shorter side. What stands beside it
    is told to keep clear by `clear_of`.
    """
    params = LabelParams(
        text=text, language=language, place=place, height_thousandths=height_thousandths,
        width=width, height=height, font=brand.font,
    )  # fmt: skip
    return SET_LABEL.step(params=params, weights=fonts_of(brand))


__all__ = ["SET_LABEL", "set_label"]
