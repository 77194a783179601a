"""The work of image.prepare_photo: thin, over `berg.media.image`."""

from berg.media.image.encode import to_png
from berg.media.image.photo import read_photo
from berg.media.image.still import prepare
from berg.schema.context import Context
from berg.steps.image.prepare_photo.declare import PreparePhoto, Still, raster_size


def prepare_photo(call: PreparePhoto, ctx: Context) -> Still:
    """Frame a photograph; raises MediaError if it can't be decoded."""
    width, height = raster_size(call)
    # The largest crop of the raster's shape spans the picture one way, so this enlarges nothing.
    picture = read_photo(ctx.path(call.photo), least=(width, height))
    ctx.progress(0.3)
    made = prepare(picture, size=(width, height))
    ctx.progress(0.7)
    return Still(
        raster=ctx.put_bytes(to_png(made.pixels), "image/png"),
        width=made.pixels.shape[1],
        height=made.pixels.shape[0],
        focus_x=round(made.focus[0] * 1000),
        focus_y=round(made.focus[1] * 1000),
        span=_per_mille(made.span),
        inset=made.inset,
        faces=_per_mille(made.faces),
    )


def _per_mille(ends: tuple[float, float] | None) -> tuple[int, int] | None:
    return None if ends is None else (round(ends[0] * 1000), round(ends[1] * 1000))
