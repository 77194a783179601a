"""video.*: shots, dissolves and the end card made into strips; strips and sound joined to a film.

A strip is keyed on what is seen in it and on nothing of its neighbours, so one changed sentence
encodes one shot again. A film is joined by copying packets.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.needs import LIGHT, Needs
from berg.schema.step import Step, StepKind, Work
from berg.schema.timeline import Timeline
from berg.steps.marking import secrets_of
from berg.steps.type.declare import Card
from berg.steps.video.foresee import (
    MIN_HOLD,
    MP4,
    SETTLE,
    STANDING,
    end_strips,
    film_facts,
    megapixel_frames,
    plan_timeline,
    predict_end,
    predict_join,
    predict_strip,
    rendering,
)
from berg.steps.video.nouns import (
    DissolveInputs,
    DissolveParams,
    EndInputs,
    EndStrip,
    Film,
    FilmFacts,
    Format,
    Hold,
    JoinInputs,
    LayOutInputs,
    LayOutParams,
    Picture,
    ShotInputs,
    ShotParams,
    Strip,
    Visual,
)
from berg.units import MIB

__all__ = [
    "MIN_HOLD",
    "MP4",
    "SETTLE",
    "STANDING",
    "DissolveInputs",
    "DissolveParams",
    "EndInputs",
    "EndStrip",
    "Film",
    "FilmFacts",
    "Format",
    "Hold",
    "JoinInputs",
    "LayOutInputs",
    "LayOutParams",
    "Picture",
    "ShotInputs",
    "ShotParams",
    "Strip",
    "Visual",
    "end_strips",
    "film_facts",
    "join",
    "lay_out",
    "plan_timeline",
    "render_dissolve",
    "render_end",
    "render_shot",
]

Codec = Literal["x264", "av1"]
_TOOLS = ("av", "numpy", "opencv-contrib-python-headless")

RENDER_SHOT = StepKind(
    capability="video.render_shot",
    version=3,
    params=ShotParams,
    inputs=ShotInputs,
    out=Strip,
    runner="berg.steps.video.run:render_shot",
    predict=lambda p, i: predict_strip(p, (p.kind,), i.frames - p.trim_end),
    work=lambda p, i: megapixel_frames(p, i.frames - p.trim_end),
    seconds_per_unit=0.04,
    overhead_s=0.2,
    tools=_TOOLS,
    needs=lambda p, i: rendering(p, bytes_per_pixel=195),
    called="shot",
    sense="seen",
)

RENDER_DISSOLVE = StepKind(
    capability="video.render_dissolve",
    version=3,
    params=DissolveParams,
    inputs=DissolveInputs,
    out=Strip,
    runner="berg.steps.video.run:render_dissolve",
    predict=lambda p, i: predict_strip(p, p.kinds, p.count),
    work=lambda p, i: megapixel_frames(p, p.count),
    seconds_per_unit=0.05,
    overhead_s=0.4,
    tools=_TOOLS,
    needs=lambda p, i: rendering(p, bytes_per_pixel=215),
    called="dissolve",
    sense="seen",
)

RENDER_END = StepKind(
    capability="video.render_end",
    version=3,
    params=Format,
    inputs=EndInputs,
    out=EndStrip,
    runner="berg.steps.video.run:render_end",
    predict=predict_end,
    work=lambda p, i: megapixel_frames(p, i.card.entrance + SETTLE + sum(STANDING)),
    seconds_per_unit=0.012,
    overhead_s=0.3,
    tools=_TOOLS,
    needs=lambda p, i: rendering(p, bytes_per_pixel=165),
    called="end card",
    sense="seen",
)

LAY_OUT = StepKind(
    capability="video.lay_out",
    version=1,
    params=LayOutParams,
    inputs=LayOutInputs,
    out=Timeline,
    runner="berg.steps.video.run:lay_out",
    predict=plan_timeline,
    work=lambda p, i: Work(amount=0, unit="shots"),
    seconds_per_unit=0.0,
    overhead_s=0.001,
    needs=LIGHT,
    reproducible="bits",
    called="timeline",
    sense="none",
)

JOIN = StepKind(
    capability="video.join",
    version=1,
    params=Format,
    inputs=JoinInputs,
    out=Film,
    runner="berg.steps.video.run:join",
    predict=predict_join,
    work=lambda p, i: megapixel_frames(p, i.timeline.frames),
    seconds_per_unit=0.0001,
    overhead_s=0.05,
    tools=("av",),
    needs=Needs(memory_bytes=100 * MIB),
    reproducible="bits",
    called="film",
    sense="both",
)


def _picture(visual: Visual) -> dict[str, Any]:
    source = visual.source.asset if visual.kind == "clip" and visual.source else None
    return {visual.kind: visual.picture, "source": source}


def _motion_seed(visual: Visual) -> int:
    """The seed where it shapes anything, so that shots which look the same are the same."""
    return visual.seed if visual.kind == "photo" else 0


def render_shot(
    visual: Visual,
    *,
    sheet: Handle[Sheet | None] | None,
    frames: Handle[int],
    width: int,
    height: int,
    fps: Fraction,
    trim_end: int,
    encoder: Codec = "x264",
    label: Handle[Sheet] | None = None,
    mark: str | None = None,
) -> Step[Strip]:
    """A step that renders frames 0 to `frames - trim_end` of a shot, captions and all."""
    return RENDER_SHOT.step(
        params=ShotParams(
            width=width,
            height=height,
            fps=fps,
            encoder=encoder,
            mark=mark,
            kind=visual.kind,
            seed=_motion_seed(visual),
            trim_end=trim_end,
        ),
        inputs={"picture": _picture(visual), "sheet": sheet, "frames": frames, "label": label},
        secrets=secrets_of(mark),
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
    encoder: Codec = "x264",
    label: Handle[Sheet] | None = None,
    mark: str | None = None,
) -> Step[Strip]:
    """A step that blends the last `count` frames of shot `a` into the run-up of shot `b`."""
    return RENDER_DISSOLVE.step(
        params=DissolveParams(
            width=width,
            height=height,
            fps=fps,
            encoder=encoder,
            mark=mark,
            kinds=(a.kind, b.kind),
            seeds=(_motion_seed(a), _motion_seed(b)),
            count=count,
        ),
        inputs={"a": _picture(a), "b": _picture(b), "a_frames": a_frames, "label": label},
        secrets=secrets_of(mark),
    )


def render_end(
    card: Handle[Card],
    *,
    width: int,
    height: int,
    fps: Fraction,
    encoder: Codec = "x264",
    label: Handle[Sheet] | None = None,
    mark: str | None = None,
) -> Step[EndStrip]:
    """A step that renders the end card: its entrance, and strips to hold it for any time."""
    return RENDER_END.step(
        params=Format(width=width, height=height, fps=fps, encoder=encoder, mark=mark),
        inputs={"card": card, "label": label},
        secrets=secrets_of(mark),
    )


def lay_out(
    shots: Sequence[Handle[int]],
    *,
    fps: Fraction,
    intro_frames: int | Handle[int],
    target_frames: int,
) -> Step[Timeline]:
    """A step that says when each shot is seen, and how long the end card stands."""
    return LAY_OUT.step(
        params=LayOutParams(fps=fps, target_frames=target_frames),
        inputs={"frames": tuple(shots), "intro_frames": intro_frames},
    )


def join(
    strips: Sequence[Handle[Strip]],
    *,
    end: Handle[EndStrip],
    timeline: Handle[Timeline],
    sound: Handle[Asset] | None,
    width: int,
    height: int,
    fps: Fraction,
) -> Step[Film]:
    """A step that joins strips, end card and sound into the film."""
    return JOIN.step(
        params=Format(width=width, height=height, fps=fps),
        inputs={"strips": tuple(strips), "end": end, "timeline": timeline, "sound": sound},
    )
