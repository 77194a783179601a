"""When type arrives and leaves: exact, so that a plan knows it before anything is set.

Pure and light.
"""

from collections.abc import Sequence
from fractions import Fraction

from berg.media.type.words import TimedWord

AHEAD = 3
"""Frames by which a word is seen before it is heard: reading follows hearing more easily so."""
FADE_MS = 170
"""Milliseconds in which a word appears."""
END_MS = 900
"""Milliseconds in which an end card is complete."""
KEEP_CLEAR = 10
"""Frames at a shot's end without captions where a dissolve may lie."""
SETTLE_MS = 600
"""Milliseconds in which the shapes of a card without words are in place."""


def span_of(milliseconds: int, fps: Fraction) -> int:
    """Milliseconds as whole frames, at least one."""
    return max(1, round(fps * milliseconds / 1000))


def seen_from(word: TimedWord) -> int:
    """The frame in which a word begins to appear."""
    return max(0, word.first - AHEAD)


def card_entrance(words: Sequence[TimedWord], *, frames: int, fps: Fraction) -> int:
    """Frames until everything on a card stands, at most the card's length."""
    last = max((seen_from(word) for word in words), default=0) + span_of(FADE_MS, fps)
    return min(frames, max(last, span_of(SETTLE_MS, fps)))


def end_entrance(fps: Fraction) -> int:
    """Frames until everything on an end card stands."""
    return span_of(END_MS, fps)
