"""video.join: strips, end card and sound made one film, without encoding anything again."""

from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Each, Given
from berg.schema.needs import Needs
from berg.schema.step import Out, StepKind
from berg.schema.timeline import Timeline
from berg.steps.video.nouns import MP4, FilmFormat, Strip, megapixel_frames
from berg.steps.video.render_end.declare import EndStrip
from berg.units import MIB, Rational


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


class Join(FilmFormat):
    """What to join."""

    strips: Each[Strip]
    """In order, the dissolves between them."""
    end: Given[EndStrip]
    timeline: Given[Timeline]
    sound: Given[Asset | None]


def film_facts(call: Join) -> FilmFacts:
    """What the film will be."""
    return FilmFacts(
        width=call.width,
        height=call.height,
        frames=call.timeline.frames,
        fps=call.fps,
        duration=call.timeline.duration,
    )


def video_of(call: Join) -> list[Asset]:
    """All that is seen, strip by strip."""
    return [*(strip.video for strip in call.strips), *call.end.strips(call.timeline.hold)]


def _predict(call: Join) -> Film:
    """The film: as large as its parts."""
    sound = call.sound.size if call.sound else 0
    guess = sum(asset.size for asset in video_of(call)) + sound
    return Film(video=predicted_asset(MP4, size=guess), facts=film_facts(call))


join = StepKind(
    capability="video.join",
    version=1,
    call=Join,
    out=Film,
    predict=_predict,
    work=lambda call: megapixel_frames(call, call.timeline.frames),
    seconds_per_unit=0.0001,
    overhead_s=0.05,
    tools=("av",),
    needs=Needs(memory_bytes=100 * MIB),
    reproducible="bits",
    called="film",
    sense="both",
)
