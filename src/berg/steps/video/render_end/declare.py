"""video.render_end: the end card's entrance, and strips of which a hold of any length is joined."""

from berg.schema._base import Frozen
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Given
from berg.schema.layer import Sheet
from berg.schema.step import Out, StepKind
from berg.steps.marking import secrets_of
from berg.steps.type import Card
from berg.steps.video.nouns import (
    MP4,
    TOOLS,
    FilmFormat,
    megapixel_frames,
    predict_strip,
    rendering,
)

STANDING = (64, 32, 16, 8, 4, 2, 1)
"""Frames of the end card's strips that stand still; any hold is a sum of them."""
SETTLE = 15
"""Frames of the end card's intro after its last layer has arrived."""


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

    def strips(self, hold: int) -> tuple[Asset, ...]:
        """What shows it for `hold` frames: the entrance, then the longest that fit."""
        chosen = [self.intro]
        for strip in self.holds:
            times, hold = divmod(hold, strip.frames)
            chosen += [strip.video] * times
        return tuple(chosen)


class RenderEnd(FilmFormat):
    """How to render the end card."""

    card: Given[Card]
    label: Given[Sheet | None] = Given(None)
    """The visible label, over everything else."""


def _predict(call: RenderEnd) -> EndStrip:
    intro = call.card.entrance + SETTLE
    still = 20_000 * call.width * call.height // 1_000_000
    return EndStrip(
        intro=predict_strip(call, ("card", "card"), intro).video,
        intro_frames=intro,
        holds=tuple(Hold(frames=n, video=predicted_asset(MP4, size=still)) for n in STANDING),
    )


render_end = StepKind(
    capability="video.render_end",
    version=3,
    call=RenderEnd,
    out=EndStrip,
    predict=_predict,
    work=lambda call: megapixel_frames(call, call.card.entrance + SETTLE + sum(STANDING)),
    seconds_per_unit=0.012,
    overhead_s=0.3,
    tools=TOOLS,
    secrets=secrets_of,
    needs=lambda call: rendering(call, bytes_per_pixel=165),
    called="end card",
    sense="seen",
)
