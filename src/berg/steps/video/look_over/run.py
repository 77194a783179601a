"""The work of video.look_over: thin, over `berg.media.image.view`."""

from berg.media.image.view import view_of
from berg.media.video.pixels import to_rgb
from berg.media.video.yuv import empty_planes
from berg.schema.context import Context
from berg.steps.video.look_over.declare import MOMENTS, Looked, LookOver
from berg.steps.video.scenes import open_scene


def look_over(call: LookOver, ctx: Context) -> Looked:
    """Paint a few frames of the shot, without type, and look at them."""
    scene = open_scene(call.picture, seed=call.seed, size=call, ctx=ctx)
    onto = empty_planes(call.width, call.height)
    pictures = []
    for moment in MOMENTS:
        frame = round(moment * call.fps)
        for _ in scene.paint(frame, frame + 1, onto):
            pictures.append(to_rgb(onto))
    return Looked(view=view_of(pictures))
