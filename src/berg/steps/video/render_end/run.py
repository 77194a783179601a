"""The work of video.render_end."""

from berg.media.video.encode import encode_standing
from berg.schema.context import Context
from berg.steps.video.nouns import MP4
from berg.steps.video.render_end.declare import SETTLE, STANDING, EndStrip, Hold, RenderEnd
from berg.steps.video.scenes import SETTINGS, encode, finished, open_card


def render_end(call: RenderEnd, ctx: Context) -> EndStrip:
    """Encode the end card's entrance, and the finished card standing still."""
    scene = finished(open_card(call.card, call, ctx), label=call.label, size=call, ctx=ctx)
    frames = call.card.entrance + SETTLE
    intro = encode(scene, frames=frames, size=call, ctx=ctx)
    holds = []
    for index, count in enumerate(STANDING):
        path = ctx.scratch / f"hold{count}.mp4"
        encode_standing(
            scene,
            path,
            frame=frames,
            count=count,
            width=call.width,
            height=call.height,
            fps=call.fps,
            settings=SETTINGS[call.encoder],
        )
        holds.append(Hold(frames=count, video=ctx.put(path, MP4)))
        ctx.progress((index + 1) / len(STANDING))
    return EndStrip(intro=intro.video, intro_frames=frames, holds=tuple(holds), mark=intro.mark)
