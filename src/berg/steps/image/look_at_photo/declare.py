"""image.look_at_photo: how much of a photograph a person's face covers, how much it strikes."""

from berg.schema.asset import Asset
from berg.schema.call import Call, Given
from berg.schema.media import Source
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB


class LookAtPhoto(Call):
    """The photograph; all else its content decides."""

    photo: Given[Asset]


class Glance(Out):
    """What is seen at a glance."""

    face: int
    """Per mille of the picture that its largest human face covers."""
    striking: int
    """Per mille: how colourful it is and how much light and dark there is in it."""


LOOK_AT_PHOTO = StepKind(
    capability="image.look_at_photo",
    version=1,
    call=LookAtPhoto,
    out=Glance,
    predict=lambda call: Glance(face=0, striking=0),
    work=lambda call: Work(amount=1, unit="pictures"),
    seconds_per_unit=0.4,
    tools=("av", "opencv-contrib-python-headless", "pillow", "numpy"),
    needs=Needs(memory_bytes=400 * MIB),
    called="glance",
    sense="none",
)


def look_at_photo(source: Source) -> Step[Glance]:
    """A step that looks at a photograph before it is chosen for anything."""
    return LOOK_AT_PHOTO(photo=source.asset)
