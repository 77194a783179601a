"""Motion: the path of the window that looks at a still. Pure arithmetic, no pixels.

The pace is a property of the picture and its seed, never of the shot's length: a shot that gets
longer only goes on. It is constant for `STEADY_S` seconds, then comes to rest without a jerk, so
that the window stays inside the raster for ever.
"""

import math
import random
from dataclasses import dataclass
from fractions import Fraction

STEADY_S = 5.0
"""Seconds of constant pace; most shots are shorter."""
REST_S = 2.5
"""Time constant with which the motion comes to rest afterwards, seconds."""
RUN_UP_S = 0.5
"""Seconds before frame 0 for which the path exists, for a dissolve; before that it stands."""
TRAVEL = 0.2
"""How far a pan goes to each side of a subject that fits, in lengths of the window."""
PAN_MOST = 0.8
"""How far it goes over one that doesn't."""
LEAST = 0.08
"""A shorter pan is no pan."""
_WHOLE_S = RUN_UP_S + STEADY_S + REST_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """The part of a raster that is seen, in raster pixels; pixel edges are whole numbers."""

    left: float
    top: float
    scale: float
    """Raster pixels for each output pixel."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A straight path between two windows."""

    start: Window
    end: Window
    fps: Fraction

    def window(self, frame: int) -> Window:
        """Where the window is in a frame."""
        share = travelled(frame, self.fps)
        a, b = self.start, self.end
        return Window(
            left=a.left + share * (b.left - a.left),
            top=a.top + share * (b.top - a.top),
            scale=a.scale + share * (b.scale - a.scale),
        )


def travelled(frame: int, fps: Fraction) -> float:
    """Share of the way, 0 to 1: rising by the same amount each frame, then easing to rest."""
    seconds = float(frame / fps) + RUN_UP_S
    over = seconds - RUN_UP_S - STEADY_S
    if over <= 0:
        return max(seconds, 0.0) / _WHOLE_S
    return (RUN_UP_S + STEADY_S + REST_S * (1 - math.exp(-over / REST_S))) / _WHOLE_S


def choose_move(
    *,
    raster: tuple[int, int],
    output: tuple[int, int],
    focus: tuple[int, int],
    seed: int,
    fps: Fraction,
    span: tuple[int, int] | None = None,
) -> Move:
    """A gentle move that keeps the focus in view.

    `raster` and `output` are (width, height) in pixels, `focus` is the subject's centre in
    per mille of the raster. With `span`, from where to where the subject reaches along the longer
    way, in per mille, the window pans over it. The same arguments always give the same move.
    """
    frame = _Frame(raster=raster, output=output, focus=focus)
    if span is not None and (pan := frame.pan(span, forward=seed % 2 == 0)) is not None:
        return Move(start=pan[0], end=pan[1], fps=fps)
    kind = random.Random(f"move:{seed}").choice(("in", "out", "across", "along"))
    near, far = frame.around_focus(frame.closest), frame.around_focus(frame.widest)
    if kind == "in":
        return Move(start=far, end=near, fps=fps)
    if kind == "out":
        return Move(start=near, end=far, fps=fps)
    return Move(
        start=frame.away_from_focus(across=kind == "across"),
        end=frame.around_focus(frame.drifting),
        fps=fps,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Frame:
    """How much room a raster leaves round an output."""

    raster: tuple[int, int]
    output: tuple[int, int]
    focus: tuple[int, int]

    @property
    def widest(self) -> float:
        """Scale at which the window fills the raster."""
        return min(r / o for r, o in zip(self.raster, self.output, strict=True))

    @property
    def closest(self) -> float:
        """Scale of the nearest view: pixel for pixel, so that nothing is ever blown up."""
        return min(1.0, self.widest)

    @property
    def drifting(self) -> float:
        """Scale of a sideways drift: close, but a little softer than pixel for pixel."""
        return self.closest + 0.25 * (self.widest - self.closest)

    def around_focus(self, scale: float) -> Window:
        left, top = (
            min(
                max(self.focus[i] / 1000 * self.raster[i] - scale * self.output[i] / 2, 0.0),
                self.raster[i] - scale * self.output[i],
            )
            for i in (0, 1)
        )
        return Window(left=left, top=top, scale=scale)

    def pan(self, span: tuple[int, int], *, forward: bool) -> tuple[Window, Window] | None:
        """Windows at both ends of a pan over what matters; None if it has no way to go.

        What matters stays in view if it fits; if not, the pan goes from one end of it to the other.
        """
        scale = self.drifting
        ratios = [r / o for r, o in zip(self.raster, self.output, strict=True)]
        axis = 0 if ratios[0] > ratios[1] else 1
        sight, room = scale * self.output[axis], self.raster[axis] - scale * self.output[axis]
        low, high = (share / 1000 * self.raster[axis] for share in span)
        ends = sorted((high - sight, low))
        begin, end = (min(max(place, 0.0), room) for place in ends)
        if high - low <= sight:  # a little of what is round it, never all the way
            middle = min(max((low + high - sight) / 2, begin), end)
            begin, end = max(begin, middle - TRAVEL * sight), min(end, middle + TRAVEL * sight)
        else:
            begin, end = max(begin, end - PAN_MOST * sight), end
        if end - begin < LEAST * sight:
            return None
        rest = self.around_focus(scale)
        windows = [
            Window(left=place, top=rest.top, scale=scale)
            if axis == 0
            else Window(left=rest.left, top=place, scale=scale)
            for place in (begin, end)
        ]
        return (windows[0], windows[1]) if forward else (windows[1], windows[0])

    def away_from_focus(self, *, across: bool) -> Window:
        """The drift's window, moved along one axis to the side that lies farther from the focus."""
        goal = self.around_focus(self.drifting)
        room = [r - goal.scale * o for r, o in zip(self.raster, self.output, strict=True)]
        left = (room[0] if goal.left < room[0] / 2 else 0.0) if across else goal.left
        top = goal.top if across else (room[1] if goal.top < room[1] / 2 else 0.0)
        return Window(left=left, top=top, scale=goal.scale)
