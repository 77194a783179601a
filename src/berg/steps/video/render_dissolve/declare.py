"""video.render_dissolve: the last frames of one shot blended into the run-up of the next."""

from fractions import Fraction

from berg.schema.call import Given, Parts
from berg.schema.choices import Encoder
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.step import Step, StepKind
from berg.steps.marking import secrets_of
from berg.steps.video.nouns import (
    TOOLS,
    FilmFormat,
    Picture,
    Strip,
    Visual,
    megapixel_frames,
    predict_strip,
    rendering,
)


class RenderDissolve(FilmFormat):
    """How to render a dissolve, and the two shots that meet in it."""

    kinds: tuple[str, str]
    seeds: tuple[int, int]
    count: int
    """Frames that it lasts."""
    a: Parts[Picture]
    b: Parts[Picture]
    a_frames: Given[int]
    """The whole length of the first."""
    label: Given[Sheet | None] = Given(None)


RENDER_DISSOLVE = StepKind(
    capability="video.render_dissolve",
    version=3,
    call=RenderDissolve,
    out=Strip,
    predict=lambda call: predict_strip(call, call.kinds, call.count),
    work=lambda call: megapixel_frames(call, call.count),
    seconds_per_unit=0.05,
    overhead_s=0.4,
    tools=TOOLS,
    secrets=secrets_of,
    needs=lambda call: rendering(call, bytes_per_pixel=215),
    called="dissolve",
    sense="seen",
)


def render_dissolve(
    a: Visual,
    b: Visual,
    *,
    a_frames: Handle[int],
    count: int,
    width: int,
    height: int,
    fps: Fraction,
    encoder: Encoder = "x264",
    label: Handle[Sheet] | None = None,
    mark: str | None = None,
) -> Step[Strip]:
    """A step that blends the last `count` frames of shot `a` into the run-up of shot `b`."""
    return RENDER_DISSOLVE(
        width=width,
        height=height,
        fps=fps,
        encoder=encoder,
        mark=mark,
        kinds=(a.kind, b.kind),
        seeds=(a.motion_seed, b.motion_seed),
        count=count,
        a=a.parts,
        b=b.parts,
        a_frames=a_frames,
        label=label,
    )
