"""What the video steps will give, foreseen from what they are handed; light to import."""

from collections.abc import Sequence

from berg.schema.asset import Asset, predicted_asset
from berg.schema.needs import Needs
from berg.schema.step import Work
from berg.schema.timeline import Segment, Timeline
from berg.steps.video.nouns import (
    EndInputs,
    EndStrip,
    Film,
    FilmFacts,
    Format,
    Hold,
    JoinInputs,
    LayOutInputs,
    LayOutParams,
    Strip,
)
from berg.units import MIB

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
_CODECS = 130 * MIB
"""Memory of a worker with the codecs loaded, before the first frame."""


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


def megapixel_frames(size: Format, frames: int) -> Work:
    """Work that grows with pixels and frames."""
    return Work(amount=size.width * size.height * frames / 1e6, unit="megapixel_frames")


def rendering(size: Format, *, bytes_per_pixel: int) -> Needs:
    """What encoding frames of this size takes: memory grows with their pixels, which x264 keeps
    by the dozen. Its two threads share the work of one core (decision 0007)."""
    return Needs(memory_bytes=_CODECS + bytes_per_pixel * size.width * size.height)


def predict_strip(size: Format, kinds: Sequence[str], frames: int) -> Strip:
    """A strip that shows these kinds of picture."""
    rate = sum(_BYTES_PER_MEGAPIXEL_FRAME[kind] for kind in kinds)
    guess = _BYTES_PER_STRIP + rate * size.width * size.height * frames // 1_000_000
    return Strip(video=predicted_asset(MP4, size=guess), frames=frames)


def predict_end(size: Format, inputs: EndInputs) -> EndStrip:
    """The end card's strips."""
    intro = inputs.card.entrance + SETTLE
    still = 20_000 * size.width * size.height // 1_000_000
    return EndStrip(
        intro=predict_strip(size, ("card", "card"), intro).video,
        intro_frames=intro,
        holds=tuple(Hold(frames=n, video=predicted_asset(MP4, size=still)) for n in STANDING),
    )


def predict_join(size: Format, inputs: JoinInputs) -> Film:
    """The film: as large as its parts."""
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
