"""What the steps of type.* are told, are handed, and give."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.schema.layer import ALL_FREE, Clear, Sheet
from berg.schema.marking import Place
from berg.schema.step import Inputs, Out, Params
from berg.schema.timeline import Timeline
from berg.steps.speech.declare import Word
from berg.units import Rational


class Cue(Frozen):
    """What a subtitle file shows at a time."""

    text: str
    """Lines parted by a line feed."""
    first: int
    """First frame, of its shot."""
    end: int
    """Frame in which it has gone."""


class Captions(Out):
    """A shot's sentence, as type over the picture and as cues."""

    sheet: Sheet | None
    """None if nothing is to be drawn."""
    cues: tuple[Cue, ...]


class Card(Out):
    """A scene of type on a plain ground."""

    ground: tuple[str, str]
    """`#RRGGBB`, top and bottom of a vertical blend."""
    sheet: Sheet
    entrance: int
    """Frames until every layer has arrived."""


class Subtitles(Out):
    """A film's cues in the two common formats."""

    srt: Asset
    vtt: Asset


class TypeParams(Params):
    """What all set type is told."""

    language: str
    width: int
    """Of the picture, pixels."""
    height: int
    fps: Rational
    palette: tuple[str, ...]
    font: str
    clear: Clear = ALL_FREE
    """What is kept free for a label."""


class CaptionsParams(TypeParams):
    """How a shot's captions look."""

    mode: Literal["none", "sentence", "word"]
    drawn: bool
    """Whether there is a sheet; cues there are always."""
    look: Literal["plate", "outline"]


class SpokenInputs(Inputs):
    """A sentence's words, and the length of its shot."""

    words: tuple[Word, ...]
    frames: int


class CardParams(TypeParams):
    """How a card looks, besides what its seed chooses."""

    brand: str
    """Name in the footer."""


class EndCardParams(TypeParams):
    """What an end card says."""

    brand: str
    line: str | None


class LogoInputs(Inputs):
    """The logo, if there is one."""

    logo: Asset | None


class LabelParams(Params):
    """What a label says, and where."""

    text: str
    language: str
    place: Place
    height_thousandths: int
    """The type's em, thousandths of the picture's shorter side."""
    width: int
    """Of the picture, pixels."""
    height: int
    font: str


class Label(Out):
    """A visible label: one layer, from a shot's first frame to its last."""

    sheet: Sheet


class SubtitlesInputs(Inputs):
    """The shots' places in the film, and each shot's cues."""

    timeline: Timeline
    cues: tuple[tuple[Cue, ...], ...]


class SubtitlesParams(Params):
    """All but the label is in the inputs."""

    label: str | None = None
    """What is said of how the film was made; None says nothing."""
