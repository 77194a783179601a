"""What the steps of audio.* share: how sound is delivered, and what making it takes. Light."""

from berg.schema.needs import Needs
from berg.units import MIB

RATE = 48_000
"""Hz of every film's sound."""
BIT_RATE = 192_000
"""Bits a second of AAC."""
AAC = "audio/mp4"
"""AAC-LC, 48 kHz, stereo."""
TOOLS = ("av", "numpy")
SCRATCH_PER_SECOND = 800_000
"""Bytes of samples that lie aside while a second of sound is mixed and mastered."""


def needs_for(seconds: float) -> Needs:
    """What making so much sound takes: it is read in blocks, so memory doesn't grow with it."""
    return Needs(memory_bytes=150 * MIB, scratch_bytes=int(seconds * SCRATCH_PER_SECOND))


def encoded_size(samples: int) -> int:
    """Bytes of so many samples, foreseen."""
    return samples * BIT_RATE // (8 * RATE)
