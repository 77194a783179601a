"""The work of audio.mix: thin, over `berg.media.audio`."""

from berg.media.audio.film import make_sound
from berg.media.audio.mixing import PlacedVoice, Score
from berg.schema.context import Context
from berg.steps.audio.marks import own_filter
from berg.steps.audio.mix.declare import Mix, MixSound
from berg.steps.audio.nouns import AAC, RATE
from berg.steps.speech import LEAD_FRAMES
from berg.units import frames_to_samples


def mix(call: MixSound, ctx: Context) -> Mix:
    """Mix, master, encode. Raises MediaError for a sound that can't be read."""
    timeline = call.timeline
    voices = [
        PlacedVoice(
            path=ctx.path(voice),
            start=frames_to_samples(segment.start + LEAD_FRAMES, timeline.fps, RATE),
        )
        for segment, voice in zip(timeline.segments, call.voices, strict=True)
        if voice is not None
    ]
    score = Score(
        voices=voices,
        music=ctx.path(call.music) if call.music else None,
        length=frames_to_samples(timeline.frames, timeline.fps, RATE),
        end_card=frames_to_samples(timeline.end_start, timeline.fps, RATE),
    )
    out = ctx.scratch / "mix.mp4"
    identifier, mark = own_filter(call.mark, ctx)
    level = make_sound(score, out, scratch=ctx.scratch, progress=ctx.progress, mark=mark)
    return Mix(
        audio=ctx.put(out, AAC),
        samples=score.length,
        integrated_mlu=round(level.integrated * 1000),
        true_peak_mdb=round(max(level.true_peak, -200.0) * 1000),
        mark=identifier,
    )
