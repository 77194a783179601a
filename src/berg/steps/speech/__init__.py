"""speech.*: texts spoken, or timed as if read in silence."""

from berg.steps.speech.nouns import LEAD_FRAMES, SAMPLE_RATE, TAIL_FRAMES, Voice, Word, tail_frames
from berg.steps.speech.synthesize.declare import SYNTHESIZE, may_open, synthesize
from berg.steps.speech.time.declare import TIME

__all__ = [
    "LEAD_FRAMES",
    "SAMPLE_RATE",
    "SYNTHESIZE",
    "TAIL_FRAMES",
    "TIME",
    "Voice",
    "Word",
    "may_open",
    "synthesize",
    "tail_frames",
]
