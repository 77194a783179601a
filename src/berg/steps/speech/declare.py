"""speech.*: a text spoken, or timed as if read in silence."""

from berg.schema.asset import Asset
from berg.schema.step import Out, Params, Step
from berg.schema._base import Frozen
from berg.units import Rational

SAMPLE_RATE = 24_000
"""Hz of every voice, real or silent."""

LEAD_FRAMES = 3
"""Frames before the voice sets in."""
TAIL_FRAMES = 12
"""Frames after the voice ends; a dissolve of at most ten of them never meets a caption."""


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
    language: str
    voice: str
    """Catalogue voice, such as `af_heart`; `none` times the words by reading speed."""
    speed: Rational
    fps: Rational


def synthesize(text: str, *, language: str, voice: str, speed: Rational, fps: Rational) -> Step[Voice]:
    """A step that speaks `text` (or, with voice `none`, times it)."""
    raise NotImplementedError
