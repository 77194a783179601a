"""The work of type.subtitles: thin, over `berg.media.type`."""

from collections.abc import Sequence

from berg.media.type.subtitles import SubtitleLine, to_srt, to_vtt, with_label
from berg.schema.context import Context
from berg.steps.type.subtitles.declare import Subtitles, WriteSubtitles


def subtitles(call: WriteSubtitles, ctx: Context) -> Subtitles:
    """Each shot's cues, moved to the shot's place in the film, and the label."""
    timeline = call.timeline
    cues: Sequence[SubtitleLine] = [
        (cue.text, segment.start + cue.first, segment.start + cue.end)
        for segment, shot in zip(timeline.segments, call.cues, strict=True)
        for cue in shot
    ]
    if call.label is not None:
        place = {"end_start": timeline.end_start, "frames": timeline.frames}
        cues = with_label(cues, call.label, **place, fps=timeline.fps)
    return Subtitles(
        srt=ctx.put_bytes(to_srt(cues, fps=timeline.fps).encode(), "application/x-subrip"),
        vtt=ctx.put_bytes(to_vtt(cues, fps=timeline.fps).encode(), "text/vtt"),
    )
