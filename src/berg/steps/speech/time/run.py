"""The work of speech.time: the prediction's own reckoning, with real Chinese words."""

from berg.language.chinese.segment import segment
from berg.schema.context import Context
from berg.steps.speech.nouns import SAMPLE_RATE, Voice, foresee, frames_of
from berg.steps.speech.time.declare import Time


def time(call: Time, ctx: Context) -> Voice:
    """Time the words by reading speed."""
    samples, words = foresee(call, segment)
    return Voice(
        audio=None,
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, call.fps, call.tail),
        words=words,
    )
