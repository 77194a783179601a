"""type.label: the visible label, set once for all that show it."""

from berg.media.type.label_room import PAD, corner_of, em_of, ems_of, plate_height
from berg.schema.asset import predicted_asset
from berg.schema.brief import Brand
from berg.schema.call import Call
from berg.schema.layer import Layer, Sheet
from berg.schema.marking import LabelPlace
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.type.nouns import TOOLS, fonts_for
from berg.units import MIB


class Label(Out):
    """A visible label: one layer, from a shot's first frame to its last."""

    sheet: Sheet


class SetLabel(Call):
    """What a label says, and where."""

    text: str
    language: str
    place: LabelPlace
    height_thousandths: int
    """The type's em, thousandths of the picture's shorter side."""
    width: int
    """Width of the picture, pixels."""
    height: int
    font: str


def _predict(call: SetLabel) -> Label:
    em = _em(call)
    wide, tall = round(em * (ems_of(call.text) + 2 * PAD / 1000)), plate_height(em)
    image = predicted_asset("image/png", size=wide * tall // 3 + 300)
    left, top = corner_of(call.place, (wide, tall), picture=(call.width, call.height))
    layer = Layer(x=0, y=0, width=wide, height=tall, left=left, top=top)
    return Label(sheet=Sheet(image=image, layers=(layer,)))


def _em(call: SetLabel) -> float:
    return em_of(height=call.height_thousandths, picture=(call.width, call.height))


SET_LABEL = StepKind(
    capability="type.label",
    version=1,
    call=SetLabel,
    out=Label,
    predict=_predict,
    work=lambda call: Work(amount=_em(call) ** 2 * 20 / 1e6, unit="megapixels"),
    seconds_per_unit=0.2,
    tools=TOOLS,
    weights=lambda call: fonts_for(call.font),
    needs=Needs(memory_bytes=180 * MIB),
    origin="computed",
    called="label",
    sense="seen",
)


def set_label(
    text: str,
    *,
    language: str,
    place: LabelPlace,
    height_thousandths: int,
    width: int,
    height: int,
    brand: Brand,
) -> Step[Label]:
    """A step that sets the visible label of a whole film in one language; every shot shows it.

    `height_thousandths` is the type's em in thousandths of the shorter side. What stands beside it
    is told to keep clear by `media.type.label_room.clear_of`.
    """
    return SET_LABEL(
        text=text, language=language, place=place, height_thousandths=height_thousandths,
        width=width, height=height, font=brand.font,
    )  # fmt: skip
