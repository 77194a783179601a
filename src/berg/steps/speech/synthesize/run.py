"""The work of speech.synthesize: the model's runtime speaks, and this stores what it said."""

from fractions import Fraction

from berg.runtimes.kokoro.session import Kokoro
from berg.runtimes.kokoro.sound import to_wav
from berg.schema.context import Context
from berg.steps.speech.nouns import SAMPLE_RATE, Voice, Word, frames_of
from berg.steps.speech.synthesize.declare import Synthesize


def synthesize(call: Synthesize, ctx: Context) -> Voice:
    """Speak the text; the session is the resident `Kokoro`."""
    kokoro: Kokoro = ctx.session
    speech = kokoro.speak(
        call.text,
        language=call.language,
        voice=call.voice,
        speed=Fraction(call.speed),
        weights=ctx.weights,
        progress=ctx.progress,
    )
    samples = len(speech.pcm)
    return Voice(
        audio=ctx.put_bytes(to_wav(speech.pcm), "audio/wav"),
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, call.fps, call.tail),
        words=tuple(
            Word(text=word.text, space=word.space, start=start, end=end)
            for word, start, end in speech.words
        ),
    )
