"""speech.*: a text spoken, or timed as if read in silence."""

import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from berg.errors import RequestError
from berg.language.wording import tidy
from berg.runtimes.kokoro.voices import MODEL, NO_VOICE, voice_language, weights_for
from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.needs import LIGHT, Needs, Session
from berg.schema.step import NoInputs, Out, Params, Step, StepKind, Work
from berg.steps.speech.pace import seconds_to_say, spread_words
from berg.units import MIB, Rational, frames_to_hold

SAMPLE_RATE = 24_000
"""Hz of every voice, real or silent."""

LEAD_FRAMES = 3
"""Frames before the voice sets in."""
TAIL_FRAMES = 12
"""Frames after the voice ends; a dissolve of at most ten of them never meets a caption."""

LANGUAGES = ("en", "zh")
"""Languages that can be spoken or timed."""


class Word(Frozen):
    """One spoken word (in Chinese: one segmented word) with the punctuation that clings to it."""

    text: str
    """As written in the script, so that the words joined by their spaces give the text."""
    space: bool
    """Whether white space follows in the script."""
    start: int
    """First sample, from the start of the voice's sound."""
    end: int
    """Sample after the last."""


class Voice(Out):
    """A sentence spoken."""

    audio: Asset | None
    """24 kHz mono 16-bit WAV that begins and ends with the speech; None for a silent film."""
    sample_rate: int
    samples: int
    frames: int
    """Whole frames that the shot lasts: lead, speech, tail."""
    words: tuple[Word, ...]


class SynthesizeParams(Params):
    """What to say and how."""

    text: str
    """White space is single spaces, none at the ends."""
    language: str
    voice: str
    """Catalogue voice, such as `af_heart`; `none` times the words by reading speed."""
    speed: Rational
    fps: Rational


def frames_of(samples: int, fps: Fraction) -> int:
    """Whole frames of a shot in which so many samples are spoken."""
    return LEAD_FRAMES + frames_to_hold(Fraction(samples, SAMPLE_RATE), fps) + TAIL_FRAMES


def foresee(
    params: SynthesizeParams, segment: Callable[[str], Iterable[str]] | None = None
) -> tuple[int, tuple[Word, ...]]:
    """Samples and even word times, reckoned from the text alone; the samples are exact for `none`.

    `segment` cuts runs of Chinese characters into words.
    """
    seconds = seconds_to_say(
        params.text, language=params.language, voice=params.voice, speed=params.speed
    )
    samples = math.ceil(seconds * SAMPLE_RATE)
    words = tuple(
        Word(text=text, space=space, start=start, end=end)
        for text, space, start, end in spread_words(
            params.text, language=params.language, samples=samples, segment=segment
        )
    )
    return samples, words


def _predict(params: SynthesizeParams, inputs: NoInputs) -> Voice:
    samples, words = foresee(params)
    spoken = params.voice != NO_VOICE
    return Voice(
        audio=predicted_asset("audio/wav", size=44 + 2 * samples) if spoken else None,
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, params.fps),
        words=words,
    )


def _audio_seconds(params: SynthesizeParams, inputs: NoInputs) -> Work:
    samples, _ = foresee(params)
    return Work(amount=samples / SAMPLE_RATE, unit="audio_s")


SYNTHESIZE: StepKind[SynthesizeParams, NoInputs, Voice] = StepKind(
    capability="speech.synthesize",
    version=1,
    params=SynthesizeParams,
    inputs=NoInputs,
    out=Voice,
    runner="berg.steps.speech.run:synthesize",
    predict=_predict,
    work=_audio_seconds,
    seconds_per_unit=0.95,
    overhead_s=0.1,
    tools=("onnxruntime", "jieba", "pypinyin", "python-crfsuite"),
    origin="trained",
    needs=Needs(
        memory_bytes=450 * MIB,
        session=Session(
            runtime="berg.runtimes.kokoro:Kokoro", weights=(MODEL,), memory_bytes=420 * MIB
        ),
    ),
    called="voice",
    sense="heard",
)
"""A real voice. Its session opens the model's own file; voices and lexicons come with a step."""

TIME: StepKind[SynthesizeParams, NoInputs, Voice] = StepKind(
    capability="speech.time",
    version=1,
    params=SynthesizeParams,
    inputs=NoInputs,
    out=Voice,
    runner="berg.steps.speech.run:time",
    predict=_predict,
    work=lambda params, inputs: Work(amount=0, unit="words"),
    seconds_per_unit=0.0,
    overhead_s=0.01,
    needs=LIGHT,
    reproducible="bits",
    called="timing",
    sense="heard",
)
"""No voice: words timed by reading speed. Needs no weights."""


def synthesize(
    text: str, *, language: str, voice: str, speed: Fraction, fps: Fraction
) -> Step[Voice]:
    """A step that speaks `text` (or, with voice `none`, times it).

    Raises RequestError when the voice does not speak the language.
    """
    params = SynthesizeParams(text=tidy(text), language=language, voice=voice, speed=speed, fps=fps)
    if voice == NO_VOICE:
        return TIME.step(params=params)
    if language not in LANGUAGES or voice_language(voice) != language:
        raise RequestError(f"voice {voice} does not speak {language}; `berg models` lists voices")
    weights = weights_for(params.text, language=language, voice=voice)
    return SYNTHESIZE.step(params=params, weights=weights)


def may_open(*, language: str, voice: str) -> tuple[str, ...]:
    """Catalogue names of all that speaking any text in that voice may open; none for `none`."""
    return () if voice == NO_VOICE else weights_for("a", language=language, voice=voice)
