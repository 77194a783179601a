"""What a storyboard is made of: the part of an ask that says what is said, by whom, over what."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, Protocol

from berg.schema._base import Frozen
from berg.schema.brief import ByLanguage
from berg.schema.media import Source
from berg.units import Rational


class Scripted(Protocol):
    """An ask with a script: what `board` and `tempo` read of it, and nothing else."""

    @property
    def name(self) -> str:
        """The ask's name, for messages."""
        ...

    @property
    def seconds(self) -> int:
        """Target length, seconds."""
        ...

    @property
    def fps(self) -> Fraction:
        """Frames a second."""
        ...

    @property
    def script(self) -> Mapping[str, str]:
        """What is said, by language."""
        ...

    @property
    def voice(self) -> Mapping[str, str]:
        """Catalogue voice by language, or `none`."""
        ...

    @property
    def footage(self) -> tuple[Source, ...]:
        """Pictures and clips that may be shown."""
        ...


class ScriptAsk(Frozen):
    """A `Scripted` as it stands in a storyboard's key.

    What no shot depends on stays at its default: it is here because keys of the first rule count
    every field, and homes keep what was made under them.
    """

    kind: Literal["short"] = "short"
    name: str = "short"
    seconds: int = 30
    width: int = 1080
    height: int = 1920
    fps: Rational = Fraction(30)
    script: ByLanguage
    voice: dict[str, str]
    captions: str = "word"
    look: str = "outline"
    encoder: str = "x264"
    music: Source | None = None
    footage: tuple[Source, ...] = ()
    cuts: str = "sentence"
    end: ByLanguage | None = None
    also: tuple[str, ...] = ()
    each: Any = None


def script_of(ask: Scripted) -> ScriptAsk:
    """The ask without what no shot depends on."""
    return ScriptAsk(
        name=ask.name,
        seconds=ask.seconds,
        fps=ask.fps,
        script=dict(ask.script),
        voice=dict(ask.voice),
        footage=ask.footage,
    )
