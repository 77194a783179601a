"""poster.subject: what a photograph is about; found once, whatever the shapes it is cropped to."""

from berg.lines.posters.design.places import Area
from berg.schema.asset import Asset
from berg.schema.call import Call, Given
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB


class PhotoSubject(Out):
    """What must be seen of a photograph."""

    matters: tuple[str, ...]
    """How much each place does: rows of a coarse grid over all of the photograph, two hex digits
    a cell. The squares of these, 0 to 255, are its weights."""
    faces: tuple[Area, ...]
    """Largest first, millionths of the photograph's width and height."""


class FindSubject(Call):
    """The photograph, and how large it is, which its content decides."""

    source_width: int
    """Pixels, upright."""
    source_height: int
    photo: Given[Asset]


def _work(call: FindSubject) -> Work:
    return Work(amount=call.source_width * call.source_height / 1_000_000, unit="megapixels")


SUBJECT = StepKind(
    capability="poster.subject",
    version=1,
    call=FindSubject,
    out=PhotoSubject,
    predict=lambda call: PhotoSubject(matters=("ffff", "ffff"), faces=()),
    work=_work,
    seconds_per_unit=0.01,
    overhead_s=0.15,
    tools=("opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=500 * MIB),
    called="picture",
    sense="seen",
)
"""Foreseen: all of it matters, and there are no faces."""


def photo_subject(source: Source) -> Step[PhotoSubject]:
    """A step that finds what a photograph is about."""
    return SUBJECT(
        source_width=source.facts.width, source_height=source.facts.height, photo=source.asset
    )
