"""The work of video.render_shot."""

from berg.media.video.scene import CaptionedScene, Scene
from berg.schema.context import Context
from berg.steps.video.nouns import Strip
from berg.steps.video.render_shot.declare import RenderShot
from berg.steps.video.scenes import encode, finished, open_deck, open_scene


def render_shot(call: RenderShot, ctx: Context) -> Strip:
    """Compose and encode one shot."""
    return encode(shot_scene(call, ctx), frames=call.frames - call.trim_end, size=call, ctx=ctx)


def shot_scene(call: RenderShot, ctx: Context) -> Scene:
    """A shot as it is seen, captions and all."""
    scene = open_scene(call.picture, seed=call.seed, size=call, ctx=ctx)
    for sheet in (*call.overlays, call.title, call.sheet):
        if sheet is not None:
            scene = CaptionedScene(scene, open_deck(sheet, ctx))
    return finished(scene, label=call.label, size=call, ctx=ctx)
