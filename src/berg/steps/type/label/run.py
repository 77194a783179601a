"""The work of type.label: thin, over `berg.media.type`."""

from berg.media.type.label import set_label
from berg.schema.context import Context
from berg.steps.type.label.declare import Label, SetLabel
from berg.steps.type.setting import setter_for, stored


def label(call: SetLabel, ctx: Context) -> Label:
    """The label on its plate, for every frame of every shot."""
    image, layers = set_label(
        call.text,
        language=call.language,
        family=call.font,
        place=call.place,
        height_thousandths=call.height_thousandths,
        width=call.width,
        height=call.height,
        setter=setter_for(ctx),
    )
    return Label(sheet=stored(ctx, image, layers))
