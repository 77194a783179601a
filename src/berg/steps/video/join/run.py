"""The work of video.join: copies strips and sound into one film."""

from berg.media.video import join as joining
from berg.schema.context import Context
from berg.steps.video.join.declare import Film, Join, film_facts, video_of
from berg.steps.video.nouns import MP4


def join(call: Join, ctx: Context) -> Film:
    """Copy packets; raises MediaError for strips that don't belong together."""
    out = ctx.scratch / "film.mp4"
    joining.join(
        [ctx.path(strip) for strip in video_of(call)],
        None if call.sound is None else ctx.path(call.sound),
        out,
        fps=call.fps,
        frames=call.timeline.frames,
        progress=ctx.progress,
    )
    return Film(video=ctx.put(out, MP4), facts=film_facts(call))
