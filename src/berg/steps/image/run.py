"""The work of image.*: thin, over `berg.media`."""

from fractions import Fraction

from berg.media.image.encode import to_jpeg, to_png
from berg.media.image.photo import read_photo
from berg.media.image.still import prepare
from berg.media.video.pixels import poster
from berg.media.video.survey import survey
from berg.schema.context import Context
from berg.steps.image.declare import (
    OVERSCAN,
    Clip,
    ClipInputs,
    ClipParams,
    PhotoInputs,
    PhotoParams,
    PosterFrame,
    PosterInputs,
    PosterParams,
    Still,
    round_even,
)
from berg.steps.marked import marked


def prepare_photo(params: PhotoParams, inputs: PhotoInputs, ctx: Context) -> Still:
    """Frame a photograph; raises MediaError if it can't be decoded."""
    width, height = round_even(OVERSCAN * params.width), round_even(OVERSCAN * params.height)
    # The largest crop of the raster's shape spans the picture one way, so this enlarges nothing.
    picture = read_photo(ctx.path(inputs.photo), least=(width, height))
    ctx.progress(0.3)
    made = prepare(picture, size=(width, height))
    ctx.progress(0.7)
    return Still(
        raster=ctx.put_bytes(to_png(made.pixels), "image/png"),
        width=width,
        height=height,
        focus_x=round(made.focus[0] * 1000),
        focus_y=round(made.focus[1] * 1000),
    )


def survey_clip(params: ClipParams, inputs: ClipInputs, ctx: Context) -> Clip:
    """Choose a clip's framing and start; raises MediaError if it can't be decoded."""
    found = survey(
        ctx.path(inputs.clip),
        upright=(params.source_width, params.source_height),
        frames=params.source_frames,
        duration=params.duration,
        output=(params.width, params.height),
        start=params.start,
    )
    start = round(found.start * params.fps) / params.fps if params.start is None else params.start
    return Clip(
        crop=found.framing.crop,
        start=start,
        available=max(Fraction(0), params.duration - start),
        backdrop=found.framing.backdrop,
    )


def poster_frame(params: PosterParams, inputs: PosterInputs, ctx: Context) -> PosterFrame:
    """Take one frame of a film; raises MediaError if it can't be decoded."""
    picture, mark = marked(poster(ctx.path(inputs.film), inputs.frame), params.mark, ctx)
    return PosterFrame(image=ctx.put_bytes(to_jpeg(picture), "image/jpeg"), mark=mark)
