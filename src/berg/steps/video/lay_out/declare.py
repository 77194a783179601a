"""video.lay_out: when each shot is seen, and how long the end card stands."""

from berg.schema.call import Call, Each, Given
from berg.schema.needs import LIGHT
from berg.schema.step import StepKind, Work
from berg.schema.timeline import Segment, Timeline
from berg.units import Rational

MIN_HOLD = 12
"""Fewest frames for which the finished end card stands, however long the shots became."""


class LayOut(Call):
    """What a timeline is to hold."""

    fps: Rational
    target_frames: int
    """Frames of the whole film, if the shots leave room; 0 where they decide."""
    ending_frames: int = 0
    """Frames of the end card, at least."""
    frames: Each[int]
    """Frames of each shot, in order."""
    intro_frames: Given[int]
    """Frames of the end card's entrance."""


def plan_timeline(call: LayOut) -> Timeline:
    """The shots one after the other; the end card takes up what remains of the target."""
    segments, start = [], 0
    for frames in call.frames:
        segments.append(Segment(start=start, frames=frames))
        start += frames
    ending = max(call.ending_frames, call.target_frames - start)
    hold = max(MIN_HOLD, ending - call.intro_frames)
    return Timeline(
        fps=call.fps,
        segments=tuple(segments),
        end_start=start,
        hold=hold,
        frames=start + call.intro_frames + hold,
    )


lay_out = StepKind(
    capability="video.lay_out",
    version=2,
    call=LayOut,
    out=Timeline,
    predict=plan_timeline,
    work=lambda call: Work(amount=0, unit="shots"),
    seconds_per_unit=0.0,
    overhead_s=0.001,
    needs=LIGHT,
    reproducible="bits",
    called="timeline",
    sense="none",
)
