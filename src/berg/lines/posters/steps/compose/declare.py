"""poster.compose: ground, type and label made one picture, checked, marked and encoded."""

from berg.lines.posters.steps.ground.declare import Ground
from berg.lines.posters.steps.type.nouns import TypeLayer
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.choices import PictureFormat
from berg.schema.handle import Handle
from berg.schema.layer import Sheet
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.steps.marking import foreseen_mark, secrets_of
from berg.units import MIB

BYTES_PER_PIXEL = {"jpeg": 0.35, "png": 1.4, "webp": 0.25}
"""About, of a photograph with type."""


class Poster(Out):
    """A finished poster, and what was found in it."""

    image: Asset
    contrast: int
    """Lowest contrast of a text to what lies around its letters, thousandths; 0 without texts."""
    scrim: int
    """The strongest scrim's opacity, thousandths; 1000 is a plate."""
    problems: tuple[str, ...]
    """What could not be mended; a poster with problems is not delivered."""
    phash: str
    """Perceptual hash: 16 hex digits; see `likeness`. Empty in one that is only foreseen."""
    mark: str | None = None
    """Identifier of the watermark in it."""


class Layers(Call):
    """What is laid over each other, from below."""

    ground: Given[Ground | None]
    layer: Given[TypeLayer]
    label: Given[Sheet | None]


class ComposePoster(Layers):
    """The poster's layers, size and format."""

    width: int
    height: int
    format: PictureFormat
    mark: str | None = None
    """Id of the watermark's key; None marks nothing."""


def _predict(call: ComposePoster) -> Poster:
    size = int(call.width * call.height * BYTES_PER_PIXEL[call.format])
    return Poster(
        image=predicted_asset(f"image/{call.format}", size=size),
        contrast=4500,
        scrim=0,
        problems=(),
        phash="",
        mark=foreseen_mark(call.mark),
    )


COMPOSE = StepKind(
    capability="poster.compose",
    version=4,
    call=ComposePoster,
    out=Poster,
    predict=_predict,
    work=lambda call: Work(amount=call.width * call.height / 1_000_000, unit="megapixels"),
    seconds_per_unit=0.05,
    overhead_s=0.005,
    tools=("opencv-contrib-python-headless", "numpy"),
    secrets=secrets_of,
    needs=Needs(memory_bytes=250 * MIB),
    called="poster",
    sense="seen",
)


def compose_poster(
    ground: Handle[Ground] | Ground | None,
    layer: Handle[TypeLayer],
    *,
    label: Handle[Sheet] | None = None,
    width: int,
    height: int,
    format: PictureFormat,
    mark: str | None = None,
) -> Step[Poster]:
    """A step that composes one poster."""
    return COMPOSE(
        ground=ground,
        layer=layer,
        label=label,
        width=width,
        height=height,
        format=format,
        mark=mark,
    )
