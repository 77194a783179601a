"""The work of speech.*: thin; the model's runtime speaks, and this stores what it said."""

from fractions import Fraction

from berg.language.chinese.segment import segment
from berg.runtimes.kokoro.session import Kokoro
from berg.runtimes.kokoro.sound import to_wav
from berg.schema.context import Context
from berg.schema.step import NoInputs
from berg.steps.speech.declare import (
    SAMPLE_RATE,
    SynthesizeParams,
    Voice,
    Word,
    foresee,
    frames_of,
)


def synthesize(params: SynthesizeParams, inputs: NoInputs, ctx: Context) -> Voice:
    """Speak the text; the session is the resident `Kokoro`."""
    kokoro: Kokoro = ctx.session
    speech = kokoro.speak(
        params.text,
        language=params.language,
        voice=params.voice,
        speed=Fraction(params.speed),
        weights=ctx.weights,
        progress=ctx.progress,
    )
    samples = len(speech.pcm)
    return Voice(
        audio=ctx.put_bytes(to_wav(speech.pcm), "audio/wav"),
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, params.fps),
        words=tuple(
            Word(text=word.text, space=word.space, start=start, end=end)
            for word, start, end in speech.words
        ),
    )


def time(params: SynthesizeParams, inputs: NoInputs, ctx: Context) -> Voice:
    """Time the words by reading speed: the prediction's own reckoning, with real Chinese words."""
    samples, words = foresee(params, segment)
    return Voice(
        audio=None,
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, params.fps),
        words=words,
    )
