"""The work of poster.sheet."""

from berg.lines.posters.design.encode import encode
from berg.lines.posters.design.sheet import contact_sheet
from berg.lines.posters.steps.sheet.declare import ContactSheet, MakeSheet
from berg.schema.context import Context

_QUALITY = 86


def sheet(call: MakeSheet, ctx: Context) -> ContactSheet:
    """Posters side by side."""
    paths = [ctx.path(image) for image in call.images]
    data = encode(contact_sheet(paths, names=call.names), "jpeg", quality=_QUALITY)
    return ContactSheet(image=ctx.put_bytes(data, "image/jpeg"))
