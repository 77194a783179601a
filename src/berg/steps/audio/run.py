"""The work of audio.*."""

from berg.media.audio.film import make_sound
from berg.media.audio.mixing import Placed, Score
from berg.schema.context import Context
from berg.schema.step import Params
from berg.steps.audio.declare import RATE, Mix, MixInputs
from berg.steps.speech.declare import LEAD_FRAMES
from berg.units import frames_to_samples


def mix(params: Params, inputs: MixInputs, ctx: Context) -> Mix:
    """Mix, master, encode. Raises MediaError for a sound that can't be read."""
    timeline = inputs.timeline
    voices = [
        Placed(
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
    level = make_sound(score, out, scratch=ctx.scratch, progress=ctx.progress)
    return Mix(
        audio=ctx.put(out, "audio/mp4"),
        samples=score.length,
        integrated_mlu=round(level.integrated * 1000),
        true_peak_mdb=round(max(level.true_peak, -200.0) * 1000),
    )
