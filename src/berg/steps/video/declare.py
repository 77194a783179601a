"""video.*: shots, dissolves and the end card made into strips; strips and sound joined to a film.

A strip is keyed on what is seen in it and on nothing of its neighbours, so one changed sentence
encodes one shot again. A film is joined by copying packets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.media import Source
from berg.schema.step import Inputs, Out, Params, Step, StepKind, Work
from berg.schema.timeline import Segment, Timeline
from berg.steps.image.declare import Clip, Still
from berg.steps.type.declare import Card
from berg.units import MIB, Rational

MP4 = "video/mp4"
STANDING = (64, 32, 16, 8, 4, 2, 1)
"""Frames of the end card's strips that stand still; any hold is a sum of them."""
SETTLE = 15
"""Frames of the end card's intro after its last layer has arrived."""
MIN_HOLD = 15
"""Fewest frames for which the finished end card stands, however long the shots became."""

_BYTES_PER_MEGAPIXEL_FRAME = {"photo": 9_000, "clip": 16_000, "card": 1_500}
"""Seen at CRF 23; only a forecast."""
_BYTES_PER_STRIP = 3_000
_TOOLS = ("av", "numpy", "opencv-contrib-python-headless")


class Strip(Out):
    """A stretch of film, encoded: one closed stream without sound, ready to be joined."""

    video: Asset
    frames: int


class Hold(Frozen):
    """The finished end card, standing still."""

    frames: int
    video: Asset


class EndStrip(Out):
    """The end card: its entrance, and strips of which a hold of any length is joined."""

    intro: Asset
    intro_frames: int
    holds: tuple[Hold, ...]
    """Longest first."""


class FilmFacts(Frozen):
    """What can be said of a film without opening it."""

    width: int
    height: int
    frames: int
    fps: Rational
    duration: Rational
    """Seconds."""


class Film(Out):
    """A finished film: MP4 with its index first."""

    video: Asset
    facts: FilmFacts


@dataclass(frozen=True)
class Visual:
    """What is seen in a shot: a picture and where it comes from."""

    kind: Literal["photo", "clip", "card"]
    picture: Handle[Still] | Handle[Clip] | Handle[Card]
    source: Source | None
    """The clip's file; photographs and cards are whole in their pictures."""
    seed: int
    """Drives a photograph's motion."""


class Format(Params):
    """The film's size and rate; all strips of a film share it."""

    width: int
    height: int
    """Pixels, even."""
    fps: Rational


class Picture(Frozen):
    """A `Visual` whose result exists: exactly one of the first three."""

    photo: Still | None = None
    clip: Clip | None = None
    card: Card | None = None
    source: Asset | None = None
    """Of a clip."""


class ShotParams(Format):
    """How to render a shot."""

    kind: Literal["photo", "clip", "card"]
    seed: int
    trim_end: int
    """Frames left out at the end, which the dissolve that follows shows."""


class ShotInputs(Inputs):
    """What to render."""

    picture: Picture
    sheet: Sheet | None
    """Captions."""
    frames: int
    """The whole shot's, before trimming."""


class DissolveParams(Format):
    """How to render a dissolve."""

    kinds: tuple[str, str]
    seeds: tuple[int, int]
    count: int
    """Frames that it lasts."""


class DissolveInputs(Inputs):
    """The two shots; `a_frames` is the whole length of the first."""

    a: Picture
    b: Picture
    a_frames: int


class EndInputs(Inputs):
    """The end card."""

    card: Card


class LayOutParams(Params):
    """What a timeline is to hold."""

    fps: Rational
    target_frames: int


class LayOutInputs(Inputs):
    """Lengths in frames."""

    frames: tuple[int, ...]
    intro_frames: int


class JoinInputs(Inputs):
    """What to join: strips in order, the end card, the sound."""

    strips: tuple[Strip, ...]
    end: EndStrip
    timeline: Timeline
    sound: Asset | None


def end_strips(end: EndStrip, hold: int) -> tuple[Asset, ...]:
    """The end card's strips for a hold of `hold` frames: entrance, then the longest that fit."""
    chosen = [end.intro]
    for strip in end.holds:
        times, hold = divmod(hold, strip.frames)
        chosen += [strip.video] * times
    return tuple(chosen)


def plan_timeline(params: LayOutParams, inputs: LayOutInputs) -> Timeline:
    """The shots one after the other; the end card takes up what remains of the target."""
    segments, start = [], 0
    for frames in inputs.frames:
        segments.append(Segment(start=start, frames=frames))
        start += frames
    hold = max(MIN_HOLD, params.target_frames - start - inputs.intro_frames)
    return Timeline(
        fps=params.fps,
        segments=tuple(segments),
        end_start=start,
        hold=hold,
        frames=start + inputs.intro_frames + hold,
    )


def _megapixel_frames(size: Format, frames: int) -> Work:
    return Work(amount=size.width * size.height * frames / 1e6, unit="megapixel_frames")


def _predict_strip(size: Format, kinds: Sequence[str], frames: int) -> Strip:
    rate = sum(_BYTES_PER_MEGAPIXEL_FRAME[kind] for kind in kinds)
    guess = _BYTES_PER_STRIP + rate * size.width * size.height * frames // 1_000_000
    return Strip(video=predicted_asset(MP4, size=guess), frames=frames)


def _predict_end(size: Format, inputs: EndInputs) -> EndStrip:
    intro = inputs.card.entrance + SETTLE
    still = 20_000 * size.width * size.height // 1_000_000
    return EndStrip(
        intro=_predict_strip(size, ("card", "card"), intro).video,
        intro_frames=intro,
        holds=tuple(Hold(frames=n, video=predicted_asset(MP4, size=still)) for n in STANDING),
    )


def _predict_join(size: Format, inputs: JoinInputs) -> Film:
    assets = [strip.video for strip in inputs.strips]
    assets += end_strips(inputs.end, inputs.timeline.hold)
    sound = inputs.sound.size if inputs.sound else 0
    guess = sum(asset.size for asset in assets) + sound
    return Film(video=predicted_asset(MP4, size=guess), facts=film_facts(size, inputs.timeline))


def film_facts(size: Format, timeline: Timeline) -> FilmFacts:
    """What a film of this timeline will be."""
    return FilmFacts(
        width=size.width,
        height=size.height,
        frames=timeline.frames,
        fps=size.fps,
        duration=timeline.duration,
    )


RENDER_SHOT = StepKind(
    capability="video.render_shot",
    version=1,
    params=ShotParams,
    inputs=ShotInputs,
    out=Strip,
    runner="berg.steps.video.run:render_shot",
    predict=lambda p, i: _predict_strip(p, (p.kind,), i.frames - p.trim_end),
    work=lambda p, i: _megapixel_frames(p, i.frames - p.trim_end),
    seconds_per_unit=0.04,
    overhead_s=0.2,
    tools=_TOOLS,
    memory_bytes=500 * MIB,
)

RENDER_DISSOLVE = StepKind(
    capability="video.render_dissolve",
    version=1,
    params=DissolveParams,
    inputs=DissolveInputs,
    out=Strip,
    runner="berg.steps.video.run:render_dissolve",
    predict=lambda p, i: _predict_strip(p, p.kinds, p.count),
    work=lambda p, i: _megapixel_frames(p, p.count),
    seconds_per_unit=0.05,
    overhead_s=0.4,
    tools=_TOOLS,
    memory_bytes=550 * MIB,
)

RENDER_END = StepKind(
    capability="video.render_end",
    version=1,
    params=Format,
    inputs=EndInputs,
    out=EndStrip,
    runner="berg.steps.video.run:render_end",
    predict=_predict_end,
    work=lambda p, i: _megapixel_frames(p, i.card.entrance + SETTLE + sum(STANDING)),
    seconds_per_unit=0.012,
    overhead_s=0.3,
    tools=_TOOLS,
    memory_bytes=450 * MIB,
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
    memory_bytes=20 * MIB,
)

JOIN = StepKind(
    capability="video.join",
    version=1,
    params=Format,
    inputs=JoinInputs,
    out=Film,
    runner="berg.steps.video.run:join",
    predict=_predict_join,
    work=lambda p, i: _megapixel_frames(p, i.timeline.frames),
    seconds_per_unit=0.0001,
    overhead_s=0.05,
    tools=("av",),
    memory_bytes=100 * MIB,
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
) -> Step[Strip]:
    """A step that renders frames 0 to `frames - trim_end` of a shot, captions and all."""
    return RENDER_SHOT.step(
        params=ShotParams(
            width=width,
            height=height,
            fps=fps,
            kind=visual.kind,
            seed=_motion_seed(visual),
            trim_end=trim_end,
        ),
        inputs={"picture": _picture(visual), "sheet": sheet, "frames": frames},
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
) -> Step[Strip]:
    """A step that blends the last `count` frames of shot `a` into the run-up of shot `b`."""
    return RENDER_DISSOLVE.step(
        params=DissolveParams(
            width=width,
            height=height,
            fps=fps,
            kinds=(a.kind, b.kind),
            seeds=(_motion_seed(a), _motion_seed(b)),
            count=count,
        ),
        inputs={"a": _picture(a), "b": _picture(b), "a_frames": a_frames},
    )


def render_end(card: Handle[Card], *, width: int, height: int, fps: Fraction) -> Step[EndStrip]:
    """A step that renders the end card: its entrance, and strips to hold it for any time."""
    return RENDER_END.step(
        params=Format(width=width, height=height, fps=fps), inputs={"card": card}
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
