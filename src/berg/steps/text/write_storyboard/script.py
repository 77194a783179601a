"""What a storyboard is made of: the part of an ask that says what is said, by whom, over what."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, Protocol

from berg.schema._base import Frozen
from berg.schema.brief import ByLanguage
from berg.schema.call import Call, Each, Given
from berg.schema.choices import Pace
from berg.schema.media import Source
from berg.units import Rational


class Paced(Protocol):
    """What says how fast a script is spoken: an ask, or what its storyboard hangs on."""

    @property
    def name(self) -> str:
        """The ask's name, for messages."""
        ...

    @property
    def seconds(self) -> int | None:
        """Target length, seconds; None takes what the words need."""
        ...

    @property
    def pace(self) -> Pace:
        """How much silence there is between sentences, and how fast they are said."""
        ...

    @property
    def ending(self) -> int | None:
        """Seconds of the end card; None: as many as it needs to be read."""
        ...

    @property
    def fps(self) -> Fraction:
        """Frames per second."""
        ...

    @property
    def voice(self) -> Mapping[str, str]:
        """Catalogue voice by language, or `none`."""
        ...


class Scripted(Paced, Protocol):
    """An ask with a script: what a storyboard is made of, and nothing else."""

    @property
    def script(self) -> Mapping[str, str]:
        """What is said, by language."""
        ...

    @property
    def footage(self) -> tuple[Source, ...]:
        """Pictures and clips that may be shown."""
        ...


class FootagePiece(Frozen):
    """One piece of footage, as far as choosing it needs to know."""

    name: str
    """Path relative to the brief's folder."""
    content: str
    """SHA-256: the same bytes under two names count as one picture."""
    kind: Literal["image", "video", "audio"]
    words: str = ""
    """What it shows, in words."""


class WriteStoryboard(Call):
    """All that shots are made of. What else an ask says (size, captions, music) isn't here."""

    name: str
    """The ask's, for what is said of a script that can't be cut."""
    seconds: int | None
    """Target length of the film, seconds; None takes what the words need."""
    fps: Rational
    script: ByLanguage
    voice: dict[str, str]
    """Catalogue voice by language, or `none`."""
    footage: tuple[FootagePiece, ...] = ()
    languages: tuple[str, ...]
    """Languages in the brief's order: the first names the shots."""
    seed: int
    pace: Pace = "natural"
    ending: int | None = None
    """Seconds of the end card."""
    likes: Given[tuple[tuple[int, ...], ...]] = Given(())
    """What each piece of footage is worth to each shot by meaning; nothing: words alone choose."""
    faces: Each[int] = Each(())
    """Per mille of each piece of footage that a person's face covers; nothing: nobody looked."""
    striking: Each[int] = Each(())
    """Per mille, how much each piece strikes; nothing: nobody looked."""


def scripted(ask: Scripted, *, languages: Sequence[str], seed: int) -> WriteStoryboard:
    """What of an ask its storyboard hangs on."""
    return WriteStoryboard(**scripted_fields(ask, languages=languages, seed=seed))


def scripted_fields(ask: Scripted, *, languages: Sequence[str], seed: int) -> dict[str, Any]:
    """The same as fields, for a step."""
    return {
        "name": ask.name,
        "seconds": ask.seconds,
        "fps": ask.fps,
        "script": dict(ask.script),
        "voice": dict(ask.voice),
        "footage": tuple(
            FootagePiece(name=s.name, content=s.asset.sha256, kind=s.facts.kind, words=s.words)
            for s in ask.footage
        ),
        "languages": tuple(languages),
        "seed": seed,
        "pace": ask.pace,
        "ending": ask.ending,
    }
