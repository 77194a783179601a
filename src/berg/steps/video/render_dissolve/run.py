"""The work of video.render_dissolve."""

from berg.media.video.scene import DissolveScene
from berg.schema.context import Context
from berg.steps.video.nouns import Strip
from berg.steps.video.render_dissolve.declare import RenderDissolve
from berg.steps.video.scenes import encode, finished, open_scene


def render_dissolve(call: RenderDissolve, ctx: Context) -> Strip:
    """Compose and encode the passage from one shot to the next."""
    before = open_scene(call.a, seed=call.seeds[0], size=call, ctx=ctx)
    after = open_scene(call.b, seed=call.seeds[1], size=call, ctx=ctx)
    blend = DissolveScene(before, after, before_frames=call.a_frames, count=call.count)
    scene = finished(blend, label=call.label, size=call, ctx=ctx)
    return encode(scene, frames=call.count, size=call, ctx=ctx)
