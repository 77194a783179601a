"""What the work of type.* shares: a setter with the call's fonts, and sheets put in the store."""

from berg.media.type.setter import Setter, setter
from berg.schema.context import Context
from berg.schema.layer import Layer, Sheet

PNG = "image/png"


def setter_for(ctx: Context) -> Setter:
    """What sets type in the fonts that the step opened."""
    return setter(tuple(ctx.weights.values()))


def stored(ctx: Context, image: bytes, layers: tuple[Layer, ...]) -> Sheet:
    """A drawn sheet, kept."""
    return Sheet(image=ctx.put_bytes(image, PNG), layers=layers)
