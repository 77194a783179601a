"""The work of audio.*."""

from berg.carriers.watermark.sound import marking
from berg.errors import StepError
from berg.media.audio.announce import announce as put_label
from berg.media.audio.film import Filter, make_sound
from berg.media.audio.mixing import PlacedVoice, Score
from berg.schema.context import Context
from berg.steps.audio.declare import (
    RATE,
    AnnounceInputs,
    Announcement,
    AnnounceParams,
    Mix,
    MixInputs,
    MixParams,
)
from berg.steps.marked import own_mark
from berg.steps.speech.declare import LEAD_FRAMES
from berg.units import frames_to_samples


def mix(params: MixParams, inputs: MixInputs, ctx: Context) -> Mix:
    """Mix, master, encode. Raises MediaError for a sound that can't be read."""
    timeline = inputs.timeline
    voices = [
        PlacedVoice(
            path=ctx.path(voice),
            start=frames_to_samples(segment.start + LEAD_FRAMES, timeline.fps, RATE),
        )
        for segment, voice in zip(timeline.segments, inputs.voices, strict=True)
        if voice is not None
    ]
    score = Score(
        voices=voices,
        music=ctx.path(inputs.music) if inputs.music else None,
        length=frames_to_samples(timeline.frames, timeline.fps, RATE),
        end_card=frames_to_samples(timeline.end_start, timeline.fps, RATE),
    )
    out = ctx.scratch / "mix.mp4"
    identifier, mark = _mark(params.mark, ctx)
    level = make_sound(score, out, scratch=ctx.scratch, progress=ctx.progress, mark=mark)
    return Mix(
        audio=ctx.put(out, "audio/mp4"),
        samples=score.length,
        integrated_mlu=round(level.integrated * 1000),
        true_peak_mdb=round(max(level.true_peak, -200.0) * 1000),
        mark=identifier,
    )


def announce(params: AnnounceParams, inputs: AnnounceInputs, ctx: Context) -> Announcement:
    """Label, pause, sound. Raises MediaError for what can't be read or is too long."""
    if (params.how == "spoken") != (inputs.label is not None):
        raise StepError("a spoken label needs a voice that says it, and the rhythm takes none")
    identifier, mark = _mark(params.mark, ctx)
    out = ctx.scratch / "announced.mp4"
    made = put_label(
        ctx.path(inputs.sound),
        out,
        label=ctx.path(inputs.label) if inputs.label else None,
        scratch=ctx.scratch,
        progress=ctx.progress,
        mark=mark,
    )
    return Announcement(
        audio=ctx.put(out, "audio/mp4"),
        samples=made.samples,
        start=made.start,
        mark=identifier,
        integrated_mlu=round(made.level.integrated * 1000),
        true_peak_mdb=round(max(made.level.true_peak, -200.0) * 1000),
    )


def _mark(key: str | None, ctx: Context) -> tuple[str | None, Filter | None]:
    """The identifier of the step's own mark, and what lays it; nothing without a key."""
    if key is None:
        return None, None
    identifier, held = own_mark(key, ctx)
    return identifier, marking(identifier=identifier, key=held, rate=RATE, channels=2)
