"""Storyboard: a short, shot by shot, in all languages; people may edit it before it is made."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.brief import ByLanguage
from berg.schema.overlay import NO_OVERLAYS, Overlays
from berg.schema.step import Out
from berg.units import Rational


class Show(Frozen):
    """What is seen in a shot."""

    kind: Literal["photo", "clip", "card"]
    source: str = ""
    """Name of a footage file; empty for a card."""
    start: Rational | None = None
    """Seconds into a clip where the shot begins; None lets berg choose."""


class Shot(Frozen):
    """One sentence, and what is shown with it; that and the seed are the same in all languages."""

    id: str
    """Eight hex digits: digest of the text in the first language, and its occurrence."""
    seed: int
    """Drives the choice of picture and of a card's layout; the same under most edits of a word."""
    text: ByLanguage
    show: Show
    transition: Literal["cut", "dissolve"] = "cut"
    """How the shot begins: after the one before it."""
    overlays: Overlays = NO_OVERLAYS
    """What stands over the picture besides captions."""
    seconds: dict[str, Rational]
    """Foreseen length by language; what is made decides."""


class Storyboard(Out):
    """All shots in order, with the same shots in every language."""

    languages: tuple[str, ...]
    shots: tuple[Shot, ...]
    speed: dict[str, Rational]
    """Voice tempo by language, 0.9 to 1.15 of its own: the pace's, or what the target asks."""
