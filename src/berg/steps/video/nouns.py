"""What the steps of video.* share: a strip, a film's format, what is seen in a shot. Light."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call
from berg.schema.choices import Encoder
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Work
from berg.steps.image import Clip, Still
from berg.steps.type import Card
from berg.units import MIB, Rational

MP4 = "video/mp4"
TOOLS = ("av", "numpy", "opencv-contrib-python-headless")
"""Whose versions are in the keys of what is rendered."""

_BYTES_PER_MEGAPIXEL_FRAME = {"photo": 9_000, "clip": 16_000, "card": 1_500}
"""Seen at CRF 23; only a forecast."""
_BYTES_PER_STRIP = 3_000
_CODECS = 130 * MIB
"""Memory of a worker with the codecs loaded, before the first frame."""


class Strip(Out):
    """A stretch of film, encoded: one closed stream without sound, ready to be joined."""

    video: Asset
    frames: int
    mark: str | None = None
    """Identifier of the watermark in it."""


class FilmFormat(Call):
    """The film's size and rate; all strips of a film share it."""

    width: int
    height: int
    """Pixels, even."""
    fps: Rational
    encoder: Encoder = "x264"
    mark: str | None = None
    """Id of the key with which frames are watermarked; None leaves them as they are."""


class Picture(Frozen):
    """A `Visual` whose result exists: exactly one of the first three."""

    photo: Still | None = None
    clip: Clip | None = None
    card: Card | None = None
    source: Asset | None = None
    """Source of a clip."""


@dataclass(frozen=True)
class Visual:
    """What is seen in a shot: a picture and where it comes from."""

    kind: Literal["photo", "clip", "card"]
    picture: Handle[Still] | Handle[Clip] | Handle[Card]
    source: Source | None
    """The clip's file; photographs and cards are whole in their pictures."""
    seed: int
    """Drives a photograph's motion."""

    @property
    def parts(self) -> Mapping[str, Any]:
        """The `Picture` that it will be, by field."""
        source = self.source.asset if self.kind == "clip" and self.source else None
        return {self.kind: self.picture, "source": source}

    @property
    def motion_seed(self) -> int:
        """The seed where it shapes anything, so that shots which look the same are the same."""
        return self.seed if self.kind == "photo" else 0


def megapixel_frames(size: FilmFormat, frames: int) -> Work:
    """Work that grows with pixels and frames."""
    return Work(amount=size.width * size.height * frames / 1e6, unit="megapixel_frames")


def rendering(size: FilmFormat, *, bytes_per_pixel: int) -> Needs:
    """What encoding frames of this size takes: memory grows with their pixels, which x264 keeps
    by the dozen. Its two threads share the work of one core (decision 0007)."""
    return Needs(memory_bytes=_CODECS + bytes_per_pixel * size.width * size.height)


def predict_strip(size: FilmFormat, kinds: Sequence[str], frames: int) -> Strip:
    """A strip that shows these kinds of picture."""
    rate = sum(_BYTES_PER_MEGAPIXEL_FRAME[kind] for kind in kinds)
    guess = _BYTES_PER_STRIP + rate * size.width * size.height * frames // 1_000_000
    return Strip(video=predicted_asset(MP4, size=guess), frames=frames)
