"""What probing a media file tells, before anything is made of it."""

from typing import Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset
from berg.units import Rational


class MediaFacts(Frozen):
    """Facts that were checked by opening the file, not believed from its name."""

    kind: Literal["image", "video", "audio"]
    width: int = 0
    """Pixels, upright (EXIF orientation and rotation flags applied); 0 for sound."""
    height: int = 0
    """Pixels, upright; 0 for sound."""
    frames: int = 0
    """Pictures; 1 for a photograph, 0 for sound."""
    fps: Rational | None = None
    """Average frame rate of a clip; its frames need not be evenly spaced."""
    duration: Rational | None = None
    """Seconds; None for a photograph."""
    alpha: bool = False
    sample_rate: int = 0
    """Hz; 0 without sound."""


class Source(Frozen):
    """One file that the user brought, checked, by content."""

    name: str
    """Path relative to the brief's folder, with forward slashes."""
    asset: Asset
    facts: MediaFacts
    words: str = ""
    """What it shows, in words: from its captions file; empty if there is none."""
    aigc: str | None = None
    """The AIGC label that it came with, as JSON: it was generated, and somebody said so."""
