"""The work of type.captions: thin, over `berg.media.type`."""

from berg.media.type.captions import CaptionStyle, set_pages
from berg.schema.context import Context
from berg.steps.type.captions.declare import Captions, SetCaptions, cues_of
from berg.steps.type.nouns import timed
from berg.steps.type.setting import setter_for, stored


def captions(call: SetCaptions, ctx: Context) -> Captions:
    """Cues always; a sheet if captions are to be drawn and there are words."""
    cues = cues_of(call.words, frames=call.frames, fps=call.fps)
    if not call.drawn or call.mode == "none":
        return Captions(sheet=None, cues=cues)
    style = CaptionStyle(
        mode=call.mode,
        look=call.look,
        language=call.language,
        family=call.font,
        palette=call.palette,
        width=call.width,
        height=call.height,
        fps=call.fps,
        clear=call.clear,
        keep_clear=call.keep_clear,
    )
    words = timed(call.words, call.fps)
    made = set_pages(words, style=style, frames=call.frames, setter=setter_for(ctx))
    return Captions(sheet=stored(ctx, *made) if made else None, cues=cues)
