"""poster.ground: a photograph cropped for a poster, and where on it type would be read best.

Made once for a picture and a size; all posters and languages that show it share it.
"""

from collections.abc import Mapping

from berg.lines.posters.design.calm import in_order
from berg.lines.posters.design.places import Area
from berg.lines.posters.steps.subject.declare import PhotoSubject
from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Given
from berg.schema.handle import Handle
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB


class Ground(Out):
    """A photograph that fills a poster, and what lies where on it."""

    raster: Asset
    """BMP, 8-bit RGB, sRGB: quick to read."""
    width: int
    """Width of the raster, pixels."""
    height: int
    detail: tuple[int, ...]
    """How busy each cell of a grid of 8 by 10 is, row by row: 0 calm, 255 busy."""
    luma: tuple[int, ...]
    """How bright each cell is: 0 black, 255 white."""
    focus_x: int
    """Thousandths: the subject's centre from the left edge."""
    focus_y: int
    """Thousandths, from the top."""
    faces: tuple[Area, ...]
    """What can be seen of them, thousandths of width and height."""
    problems: tuple[str, ...] = ()
    """What is wrong with it, such as a photograph that is far too small."""


class MakeGround(Call):
    """The photograph, what it is about, the size, and its own (which its content decides)."""

    width: int
    height: int
    enlarge: bool
    """Whether the raster is brought to the full size even if the photograph is smaller."""
    source_width: int
    source_height: int
    photo: Given[Asset]
    subject: Given[PhotoSubject]


def _predict(call: MakeGround) -> Ground:
    """A calm picture of middling brightness, without faces."""
    return Ground(
        raster=predicted_asset("image/bmp", size=call.width * call.height * 3 + 54),
        width=call.width,
        height=call.height,
        detail=(60,) * 80,
        luma=(110,) * 80,
        focus_x=500,
        focus_y=450,
        faces=(),
    )


def _work(call: MakeGround) -> Work:
    pixels = call.width * call.height + call.source_width * call.source_height // 4
    return Work(amount=pixels / 1_000_000, unit="megapixels")


GROUND = StepKind(
    capability="poster.ground",
    version=2,
    call=MakeGround,
    out=Ground,
    predict=_predict,
    work=_work,
    seconds_per_unit=0.02,
    overhead_s=0.005,
    tools=("opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=700 * MIB),
    called="picture",
    sense="seen",
)


def poster_ground(
    source: Source,
    subject: Handle[PhotoSubject] | PhotoSubject,
    *,
    width: int,
    height: int,
    enlarge: bool = True,
) -> Step[Ground]:
    """A step that crops a photograph to its subject so that it fills `width` by `height` pixels.

    Without `enlarge` a small photograph gives a smaller raster of the same shape: for paper,
    where the PDF enlarges it.
    """
    return GROUND(
        width=width,
        height=height,
        enlarge=enlarge,
        source_width=source.facts.width,
        source_height=source.facts.height,
        photo=source.asset,
        subject=subject,
    )


def places_in_order(ground: Ground, areas: Mapping[str, Area | None]) -> tuple[str, ...]:
    """The places at which a layout can set its type, best first: calm ones, and free of faces.

    `areas` says where type would cover the picture at each place (`type_area`); None is nowhere.
    """
    return in_order(
        areas,
        detail=ground.detail,
        luma=ground.luma,
        faces=ground.faces,
        focus=(ground.focus_x, ground.focus_y),
    )


def best_place(ground: Ground, areas: Mapping[str, Area | None]) -> str:
    """The first of `places_in_order`."""
    return places_in_order(ground, areas)[0]
