"""Timeline: who is seen and heard when, in whole frames of one rational rate."""

from fractions import Fraction

from berg.schema._base import Frozen
from berg.schema.step import Out
from berg.units import Rational


class Segment(Frozen):
    """One shot's place in the film. Nameless, so that renaming a shot re-makes no sound."""

    start: int
    """First frame."""
    frames: int


class Timeline(Out):
    """The shots in order, then the end card."""

    fps: Rational
    segments: tuple[Segment, ...]
    end_start: int
    """First frame of the end card."""
    hold: int
    """Frames for which the end card stands still after its entrance."""
    frames: int
    """Length of the film."""

    @property
    def duration(self) -> Fraction:
        """Seconds, exactly."""
        return self.frames / self.fps
