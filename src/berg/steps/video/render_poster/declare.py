"""video.render_poster: a film's poster frame: its first picture, its title and its label, whole."""

from fractions import Fraction
from typing import Literal

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Given, Parts
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of
from berg.steps.video.nouns import TOOLS, FilmFormat, Picture, Visual
from berg.units import MIB


class PosterFrame(Out):
    """A picture that stands for the film."""

    image: Asset
    """JPEG."""
    mark: str | None
    """Identifier of the watermark that it bears, as a picture; None without one."""


class RenderPoster(FilmFormat):
    """What is seen in it. Captions aren't: a film's first words are none of its title."""

    kind: Literal["photo", "clip", "card"]
    seed: int
    frame: int
    """The shot's frame that is shown; of type all that there is, as it stands."""
    picture: Parts[Picture]
    title: Given[Sheet | None] = Given(None)
    label: Given[Sheet | None] = Given(None)
    """The visible label, over everything else."""


def _predict(call: RenderPoster) -> PosterFrame:
    image = predicted_asset("image/jpeg", size=400_000)
    return PosterFrame(image=image, mark=foreseen_mark(call.mark))


RENDER_POSTER = StepKind(
    capability="video.render_poster",
    version=1,
    call=RenderPoster,
    out=PosterFrame,
    predict=_predict,
    work=lambda call: Work(amount=1, unit="frames"),
    seconds_per_unit=0.6,
    tools=(*TOOLS, "pillow"),
    secrets=secrets_of,
    needs=Needs(memory_bytes=400 * MIB),
    called="poster frame",
    sense="seen",
)


def render_poster(
    visual: Visual,
    *,
    title: Handle[Sheet | None] | None,
    label: Handle[Sheet] | None,
    frame: int,
    width: int,
    height: int,
    fps: Fraction,
    mark: str | None,
) -> Step[PosterFrame]:
    """A step that makes a poster frame of a film whose first shot shows `visual`."""
    return RENDER_POSTER(
        width=width, height=height, fps=fps, mark=mark, kind=visual.kind,
        seed=visual.motion_seed, frame=frame, picture=visual.parts, title=title, label=label,
    )  # fmt: skip
