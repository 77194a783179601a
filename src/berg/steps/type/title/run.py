"""The work of type.title: thin, over `berg.media.type`."""

from berg.media.type.title import set_title
from berg.schema.context import Context
from berg.steps.type.setting import setter_for, stored
from berg.steps.type.title.declare import SetTitle, Title


def title(call: SetTitle, ctx: Context) -> Title:
    """The title's strips."""
    made = set_title(
        call.text,
        language=call.language,
        family=call.font,
        palette=call.palette,
        width=call.width,
        height=call.height,
        fps=call.fps,
        frames=call.frames,
        faces=call.faces,
        clear=call.clear,
        setter=setter_for(ctx),
    )
    return Title(sheet=stored(ctx, *made) if made else None)
