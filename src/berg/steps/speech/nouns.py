"""What the steps of speech.* share: a voice, its words, and how long a text takes to say. Light."""

import math
from collections.abc import Callable, Iterable
from fractions import Fraction

from berg.runtimes.kokoro.voices import NO_VOICE
from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call
from berg.schema.choices import Pace
from berg.schema.step import Out
from berg.steps.speech.pace import seconds_to_say, spread_words
from berg.units import Rational, frames_to_hold

SAMPLE_RATE = 24_000
"""Hz of every voice, real or silent."""

LEAD_FRAMES = 3
"""Frames before the voice sets in."""
TAIL_FRAMES = 12
"""Frames after the voice ends, if nothing else is said; a dissolve of at most ten of them never
meets a caption."""
PAUSES_MS = {"brisk": (210, 400), "natural": (270, 540), "slow": (450, 900), "verse": (800, 1300)}
"""By pace, milliseconds between two sentences, and between two paragraphs."""


def tail_frames(pace: Pace, fps: Fraction, *, ends_paragraph: bool) -> int:
    """Frames after the voice of a shot, so that with the next one's lead the pause is the pace's.

    What follows a paragraph begins with a dissolve, for which there is always room; the frames are
    even then, so that how a caption fades hangs on no fraction of a frame.
    """
    frames = round(fps * PAUSES_MS[pace][ends_paragraph] / 1000) - LEAD_FRAMES
    return max(TAIL_FRAMES, 2 * round(frames / 2)) if ends_paragraph else max(2, frames)


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


class Say(Call):
    """What to say and how."""

    text: str
    """White space is single spaces, none at the ends."""
    language: str
    voice: str
    """Catalogue voice, such as `af_heart`; `none` times the words by reading speed."""
    speed: Rational
    fps: Rational
    tail: int = TAIL_FRAMES
    """Frames of silence after the voice."""


def frames_of(samples: int, fps: Fraction, tail: int = TAIL_FRAMES) -> int:
    """Whole frames of a shot in which so many samples are spoken."""
    return LEAD_FRAMES + frames_to_hold(Fraction(samples, SAMPLE_RATE), fps) + tail


def foresee(
    call: Say, segment: Callable[[str], Iterable[str]] | None = None
) -> tuple[int, tuple[Word, ...]]:
    """Samples and even word times, reckoned from the text alone; the samples are exact for `none`.

    `segment` cuts runs of Chinese characters into words.
    """
    seconds = seconds_to_say(call.text, language=call.language, voice=call.voice, speed=call.speed)
    samples = math.ceil(seconds * SAMPLE_RATE)
    words = tuple(
        Word(text=text, space=space, start=start, end=end)
        for text, space, start, end in spread_words(
            call.text, language=call.language, samples=samples, segment=segment
        )
    )
    return samples, words


def predict_voice(call: Say) -> Voice:
    """The voice of a text, foreseen from the text alone."""
    samples, words = foresee(call)
    spoken = call.voice != NO_VOICE
    return Voice(
        audio=predicted_asset("audio/wav", size=44 + 2 * samples) if spoken else None,
        sample_rate=SAMPLE_RATE,
        samples=samples,
        frames=frames_of(samples, call.fps, call.tail),
        words=words,
    )
