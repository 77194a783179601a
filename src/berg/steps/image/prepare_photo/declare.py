"""image.prepare_photo: a photograph cropped round its subject, with room for a moving window."""

from fractions import Fraction

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB

PAN = 1.8
"""Longest still, in lengths of the output's shape."""
PANNED = 1.25
"""Shortest in the same that is panned over; a shorter one is no longer than the output."""
OVERSCAN = Fraction(112, 100)
"""A still is this much larger than the output on each axis: room for a moving window."""


class Still(Out):
    """A photograph in the output's shape, larger by the overscan."""

    raster: Asset
    """PNG, 8-bit RGB, sRGB, without alpha."""
    width: int
    """Width of the raster, pixels."""
    height: int
    """Longer than the output's shape one way, where there is more to pan over."""
    focus_x: int
    """Per mille: the subject's centre from the raster's left edge."""
    focus_y: int
    """Per mille, from the top."""
    span: tuple[int, int] | None = None
    """Per mille along the longer way: from where to where the subject reaches. None: no pan."""
    inset: bool = False
    """Whether it is shown whole over a blurred ground: it must not move."""
    faces: tuple[int, int] | None = None
    """Per mille from the top: from where to where faces reach; None: there are none."""


class PreparePhoto(Call):
    """The photograph, the output's size, and its own (which its content decides)."""

    width: int
    height: int
    source_width: int
    source_height: int
    photo: Given[Asset]


def raster_size(call: PreparePhoto) -> tuple[int, int]:
    """Width and height of the still, each even."""
    return _even(OVERSCAN * call.width), _even(OVERSCAN * call.height)


def _even(value: Fraction) -> int:
    """The nearest even number: video has a colour sample for every two pixels."""
    return 2 * round(value / 2)


def foreseen_size(call: PreparePhoto) -> tuple[int, int]:
    """Width and height of the still if it is panned over as far as its shape allows."""
    width, height = raster_size(call)
    longer = call.source_width * height / (call.source_height * width)
    if longer >= PANNED:
        return _even(Fraction(min(longer, PAN)) * width), height
    if 1 / longer >= PANNED:
        return width, _even(Fraction(min(1 / longer, PAN)) * height)
    return width, height


def _predict(call: PreparePhoto) -> Still:
    width, height = foreseen_size(call)
    raster = predicted_asset("image/png", size=width * height * 6 // 5)
    return Still(raster=raster, width=width, height=height, focus_x=500, focus_y=450)


def _work(call: PreparePhoto) -> Work:
    width, height = foreseen_size(call)
    pixels = width * height + call.source_width * call.source_height // 4
    return Work(amount=pixels / 1_000_000, unit="megapixels")


PREPARE_PHOTO = StepKind(
    capability="image.prepare_photo",
    version=2,
    call=PreparePhoto,
    out=Still,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.25,
    overhead_s=0.5,
    tools=("av", "opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=700 * MIB),
    called="picture",
    sense="seen",
)


def prepare_photo(source: Source, *, width: int, height: int) -> Step[Still]:
    """A photograph cropped round its subject, ready for a film of width x height."""
    return PREPARE_PHOTO(
        width=width,
        height=height,
        source_width=source.facts.width,
        source_height=source.facts.height,
        photo=source.asset,
    )
