"""The work of image.poster_frame: thin, over `berg.media.video`."""

from berg.media.image.encode import to_jpeg
from berg.media.video.pixels import poster
from berg.schema.context import Context
from berg.steps.image.poster_frame.declare import PosterFrame, TakeFrame
from berg.steps.marked import marked


def poster_frame(call: TakeFrame, ctx: Context) -> PosterFrame:
    """Take one frame of a film; raises MediaError if it can't be decoded."""
    picture, mark = marked(poster(ctx.path(call.film), call.frame), call.mark, ctx)
    return PosterFrame(image=ctx.put_bytes(to_jpeg(picture), "image/jpeg"), mark=mark)
