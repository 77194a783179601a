"""speech.synthesize: a text spoken by a model, resident between sentences."""

from fractions import Fraction

from berg.errors import RequestError
from berg.language.wording import tidy
from berg.runtimes.kokoro.voices import MODEL, NO_VOICE, voice_language, weights_for
from berg.schema.choices import LANGUAGES
from berg.schema.needs import Needs, Session
from berg.schema.step import Step, StepKind, Work
from berg.steps.speech.nouns import SAMPLE_RATE, TAIL_FRAMES, Say, Voice, foresee, predict_voice
from berg.steps.speech.time.declare import TIME
from berg.units import MIB


class Synthesize(Say):
    """What to say, by a voice of the catalogue."""


def _work(call: Synthesize) -> Work:
    samples, _ = foresee(call)
    return Work(amount=samples / SAMPLE_RATE, unit="audio_s")


SYNTHESIZE = StepKind(
    capability="speech.synthesize",
    version=3,
    call=Synthesize,
    out=Voice,
    predict=predict_voice,
    work=_work,
    seconds_per_unit=0.95,
    overhead_s=0.1,
    tools=("onnxruntime", "jieba", "pypinyin", "python-crfsuite"),
    weights=lambda call: weights_for(call.text, language=call.language, voice=call.voice),
    needs=Needs(
        memory_bytes=450 * MIB,
        session=Session(
            runtime="berg.runtimes.kokoro:Kokoro", weights=(MODEL,), memory_bytes=420 * MIB
        ),
    ),
    origin="trained",
    called="voice",
    sense="heard",
)
"""A real voice. Its session opens the model's own file; voices and lexicons come with a step."""


def synthesize(
    text: str,
    *,
    language: str,
    voice: str,
    speed: Fraction,
    fps: Fraction,
    tail: int = TAIL_FRAMES,
) -> Step[Voice]:
    """A step that speaks `text` (or, with voice `none`, times it), with `tail` frames after it.

    Raises RequestError when the voice does not speak the language.
    """
    text = tidy(text)
    if voice == NO_VOICE:
        return TIME(text=text, language=language, voice=voice, speed=speed, fps=fps, tail=tail)
    if language not in LANGUAGES or voice_language(voice) != language:
        raise RequestError(f"voice {voice} does not speak {language}; `berg models` lists voices")
    return SYNTHESIZE(text=text, language=language, voice=voice, speed=speed, fps=fps, tail=tail)


def may_open(*, language: str, voice: str) -> tuple[str, ...]:
    """Catalogue names of all that speaking any text in that voice may open; none for `none`."""
    return () if voice == NO_VOICE else weights_for("a", language=language, voice=voice)
