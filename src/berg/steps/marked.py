"""What steps that watermark pictures share."""

from berg.media.mark.found import MarkKey
from berg.media.mark.payload import identifier_of
from berg.media.mark.picture import Bytes, mark_picture
from berg.schema.context import Context


def marked(rgb: Bytes, key: str | None, ctx: Context) -> tuple[Bytes, str | None]:
    """The picture (height, width, 3) with the step's own mark in it, and the mark's identifier."""
    if key is None:
        return rgb, None
    identifier = identifier_of(ctx.identity)
    secret = MarkKey(id=key, secret=ctx.secrets[key])
    return mark_picture(rgb, identifier=identifier, key=secret), identifier
