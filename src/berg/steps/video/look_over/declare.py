"""video.look_over: what a shot's picture leaves free for type, as the film shows it."""

from fractions import Fraction
from typing import Literal

from berg.schema.call import Parts
from berg.schema.layer import View
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.video.nouns import TOOLS, FilmFormat, Picture, Visual
from berg.units import MIB

MOMENTS = (Fraction(0), Fraction(1), Fraction(5, 2), Fraction(4))
"""Seconds into the shot at which it is looked at: the same however long a voice makes it."""


class Looked(Out):
    """What was found."""

    view: View


class LookOver(FilmFormat):
    """What is seen in the shot."""

    kind: Literal["photo", "clip", "card"]
    seed: int
    picture: Parts[Picture]


LOOK_OVER = StepKind(
    capability="video.look_over",
    version=1,
    call=LookOver,
    out=Looked,
    predict=lambda call: Looked(view=View()),
    work=lambda call: Work(amount=call.width * call.height * 4 / 1e6, unit="megapixels"),
    seconds_per_unit=0.05,
    overhead_s=0.3,
    tools=TOOLS,
    needs=Needs(memory_bytes=400 * MIB),
    origin="computed",
    called="picture",
    sense="none",
)


def look_over(visual: Visual, *, width: int, height: int, fps: Fraction) -> Step[Looked]:
    """A step that finds where overlays may stand in a shot that shows `visual`."""
    return LOOK_OVER(
        width=width, height=height, fps=fps, kind=visual.kind, seed=visual.motion_seed,
        picture=visual.parts,
    )  # fmt: skip
