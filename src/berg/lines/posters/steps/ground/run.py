"""The work of poster.ground: thin, over `berg.lines.posters.design`."""

import cv2

from berg.errors import StepError
from berg.lines.posters.design.ground import SOFT, ground_of
from berg.lines.posters.design.subject import heard
from berg.lines.posters.steps.ground.declare import Ground, MakeGround
from berg.media.image.photo import Pixels, read_photo
from berg.schema.asset import Asset
from berg.schema.context import Context


def ground(call: MakeGround, ctx: Context) -> Ground:
    """Crop a photograph to its subject; raises MediaError if it can't be decoded."""
    size = (call.width, call.height)
    # The largest crop of this shape spans the picture one way, so this enlarges nothing.
    picture = read_photo(ctx.path(call.photo), least=size)
    ctx.progress(0.4)
    subject = heard([bytes.fromhex(row) for row in call.subject.matters], call.subject.faces)
    made = ground_of(picture, subject, size=size, enlarge=call.enlarge)
    ctx.progress(0.8)
    height, width = made.pixels.shape[:2]
    # What `read_photo` had reduced was large enough.
    enlarged = made.enlarged * picture.shape[1] / max(call.source_width, picture.shape[1])
    soft = () if enlarged < SOFT else (_too_small(call, enlarged),)
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


def _too_small(call: MakeGround, enlarged: float) -> str:
    return (
        f"the photograph of {call.source_width}x{call.source_height} is enlarged"
        f" {enlarged:.1f} times for {call.width}x{call.height}: it looks soft"
    )


def _stored(pixels: Pixels, ctx: Context) -> Asset:
    done, data = cv2.imencode(".bmp", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    if not done:
        raise StepError(f"a picture of {pixels.shape[1]} x {pixels.shape[0]} can't be stored")
    return ctx.put_bytes(data.tobytes(), "image/bmp")
