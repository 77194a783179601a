"""What the video steps are told, handed and give."""

from dataclasses import dataclass
from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.media import Source
from berg.schema.step import Inputs, Out, Params
from berg.schema.timeline import Timeline
from berg.steps.image.declare import Clip, Still
from berg.steps.type.declare import Card
from berg.units import Rational


class Strip(Out):
    """A stretch of film, encoded: one closed stream without sound, ready to be joined."""

    video: Asset
    frames: int
    mark: str | None = None
    """Identifier of the watermark in it."""


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
    mark: str | None = None
    """Identifier of the watermark in them."""


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
    encoder: Literal["x264", "av1"] = "x264"
    mark: str | None = None
    """Id of the key with which frames are watermarked; None leaves them as they are."""


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
    label: Sheet | None = None
    """The visible label, over everything else."""
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
    label: Sheet | None = None


class EndInputs(Inputs):
    """The end card."""

    card: Card
    label: Sheet | None = None


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
