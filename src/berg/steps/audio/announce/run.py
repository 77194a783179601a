"""The work of audio.announce: thin, over `berg.media.audio`."""

from berg.errors import StepError
from berg.media.audio.announce import announce as put_label
from berg.schema.context import Context
from berg.steps.audio.announce.declare import Announce, Announcement
from berg.steps.audio.marks import own_filter
from berg.steps.audio.nouns import AAC


def announce(call: Announce, ctx: Context) -> Announcement:
    """Label, pause, sound. Raises MediaError for what can't be read or is too long."""
    if (call.how == "spoken") != (call.label is not None):
        raise StepError("a spoken label needs a voice that says it, and the rhythm takes none")
    identifier, mark = own_filter(call.mark, ctx)
    out = ctx.scratch / "announced.mp4"
    made = put_label(
        ctx.path(call.sound),
        out,
        label=ctx.path(call.label) if call.label else None,
        scratch=ctx.scratch,
        progress=ctx.progress,
        mark=mark,
    )
    return Announcement(
        audio=ctx.put(out, AAC),
        samples=made.samples,
        start=made.start,
        mark=identifier,
        integrated_mlu=round(made.level.integrated * 1000),
        true_peak_mdb=round(max(made.level.true_peak, -200.0) * 1000),
    )
