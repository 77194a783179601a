"""What steps that watermark share at work: the step's own mark, and a picture that bears it."""

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.payload import identifier_of
from berg.carriers.watermark.picture import mark_picture
from berg.media.arrays import Bytes
from berg.schema.context import Context


def marked(rgb: Bytes, key: str | None, ctx: Context) -> tuple[Bytes, str | None]:
    """The picture (height, width, 3) with the step's own mark in it, and the mark's identifier."""
    if key is None:
        return rgb, None
    identifier, held = own_mark(key, ctx)
    return mark_picture(rgb, identifier=identifier, key=held), identifier


def own_mark(key: str, ctx: Context) -> tuple[str, MarkKey]:
    """The identifier of a step's own watermark, and the key that lays it, of this id."""
    return identifier_of(ctx.identity), MarkKey(id=key, secret=ctx.secrets[key])
