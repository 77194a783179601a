"""video.render_shot: frames 0 to `frames - trim_end` of a shot, captions and all."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from berg.schema.call import Each, Given, Parts
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


class RenderShot(FilmFormat):
    """How to render a shot, and what is seen in it."""

    kind: Literal["photo", "clip", "card"]
    seed: int
    trim_end: int
    """Frames left out at the end, which the dissolve that follows shows."""
    picture: Parts[Picture]
    sheet: Given[Sheet | None]
    """Captions."""
    overlays: Each[Sheet] = Each(())
    """What else stands over the picture, under the captions, in order."""
    label: Given[Sheet | None] = Given(None)
    """The visible label, over everything else."""
    title: Given[Sheet | None] = Given(None)
    """The film's title, over the first shot's picture."""
    frames: Given[int]
    """The whole shot's, before trimming."""


RENDER_SHOT = StepKind(
    capability="video.render_shot",
    version=3,
    call=RenderShot,
    out=Strip,
    predict=lambda call: predict_strip(call, (call.kind,), call.frames - call.trim_end),
    work=lambda call: megapixel_frames(call, call.frames - call.trim_end),
    seconds_per_unit=0.04,
    overhead_s=0.2,
    tools=TOOLS,
    secrets=secrets_of,
    needs=lambda call: rendering(call, bytes_per_pixel=195),
    called="shot",
    sense="seen",
)


def render_shot(
    visual: Visual,
    *,
    sheet: Handle[Sheet | None] | None,
    frames: Handle[int],
    width: int,
    height: int,
    fps: Fraction,
    trim_end: int,
    encoder: Encoder = "x264",
    label: Handle[Sheet] | None = None,
    overlays: Sequence[Handle[Sheet]] = (),
    mark: str | None = None,
    title: Handle[Sheet | None] | None = None,
) -> Step[Strip]:
    """A step that renders a shot which shows `visual`."""
    return RENDER_SHOT(
        width=width,
        height=height,
        fps=fps,
        encoder=encoder,
        mark=mark,
        kind=visual.kind,
        seed=visual.motion_seed,
        trim_end=trim_end,
        picture=visual.parts,
        sheet=sheet,
        overlays=overlays,
        label=label,
        title=title,
        frames=frames,
    )
