"""The work of poster.subject and poster.ground: thin, over `berg.lines.posters.design`."""

import cv2

from berg.errors import StepError
from berg.lines.posters.design.ground import SOFT, ground_of
from berg.lines.posters.design.subject import enough_for, heard, subject_of, told
from berg.lines.posters.steps.picture import Ground, GroundInputs, GroundParams
from berg.lines.posters.steps.subject import PhotoSubject, SubjectInputs, SubjectParams
from berg.media.image.photo import Pixels, read_photo
from berg.schema.asset import Asset
from berg.schema.context import Context


def find_subject(params: SubjectParams, inputs: SubjectInputs, ctx: Context) -> PhotoSubject:
    """Find what a photograph is about; raises MediaError if it can't be decoded."""
    least = enough_for(params.source_width, params.source_height)
    picture = read_photo(ctx.path(inputs.photo), least=least)
    ctx.progress(0.2)
    rows, faces = told(subject_of(picture))
    return PhotoSubject(matters=tuple(row.hex() for row in rows), faces=faces)


def make_ground(params: GroundParams, inputs: GroundInputs, ctx: Context) -> Ground:
    """Crop a photograph to its subject; raises MediaError if it can't be decoded."""
    size = (params.width, params.height)
    # The largest crop of this shape spans the picture one way, so this enlarges nothing.
    picture = read_photo(ctx.path(inputs.photo), least=size)
    ctx.progress(0.4)
    subject = heard([bytes.fromhex(row) for row in inputs.subject.matters], inputs.subject.faces)
    made = ground_of(picture, subject, size=size, enlarge=params.enlarge)
    ctx.progress(0.8)
    height, width = made.pixels.shape[:2]
    # What `read_photo` had reduced was large enough.
    enlarged = made.enlarged * picture.shape[1] / max(params.source_width, picture.shape[1])
    soft = () if enlarged < SOFT else (_too_small(params, enlarged),)
    return Ground(
        raster=_stored(made.pixels, ctx),
        width=width,
        height=height,
        detail=made.detail,
        luma=made.luma,
        focus_x=made.focus[0],
        focus_y=made.focus[1],
        faces=made.faces,
        problems=soft,
    )


def _too_small(params: GroundParams, enlarged: float) -> str:
    return (
        f"the photograph of {params.source_width}x{params.source_height} is enlarged"
        f" {enlarged:.1f} times for {params.width}x{params.height}: it looks soft"
    )


def _stored(pixels: Pixels, ctx: Context) -> Asset:
    done, data = cv2.imencode(".bmp", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    if not done:
        raise StepError(f"a picture of {pixels.shape[1]} x {pixels.shape[0]} can't be stored")
    return ctx.put_bytes(data.tobytes(), "image/bmp")
