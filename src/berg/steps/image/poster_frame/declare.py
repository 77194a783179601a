"""image.poster_frame: one frame of a film, as a picture."""

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.needs import Needs
from berg.schema.step import Out, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of
from berg.units import MIB


class PosterFrame(Out):
    """One frame of a film."""

    image: Asset
    """JPEG."""
    mark: str | None
    """Identifier of the watermark that it bears besides the film's own; None without one."""


class TakeFrame(Call):
    """Which frame, and how it is marked."""

    mark: str | None = None
    """Id of the key with which the picture is watermarked, as a picture: a film's mark is lighter,
    since it is seen in many frames. None adds none."""
    film: Given[Asset]
    frame: Given[int]
    """Its number, from 0."""


def _predict(call: TakeFrame) -> PosterFrame:
    image = predicted_asset("image/jpeg", size=400_000)
    return PosterFrame(image=image, mark=foreseen_mark(call.mark))


poster_frame = StepKind(
    capability="image.poster_frame",
    version=1,
    call=TakeFrame,
    out=PosterFrame,
    predict=_predict,
    work=lambda call: Work(amount=1, unit="frames"),
    seconds_per_unit=0.4,
    tools=("av", "opencv-contrib-python-headless", "pillow", "numpy"),
    secrets=secrets_of,
    needs=Needs(memory_bytes=300 * MIB),
    called="poster frame",
    sense="seen",
)
