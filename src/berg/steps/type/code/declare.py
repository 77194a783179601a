"""type.code: an address as a QR code, ISO/IEC 18004."""

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call
from berg.schema.needs import Needs
from berg.schema.step import Out, StepKind, Work
from berg.units import MIB


class Code(Out):
    """A QR code, with its quiet zone."""

    image: Asset
    """PNG, one pixel a module: black on white."""


class DrawCode(Call):
    """What it says."""

    text: str
    """An address, at most a few hundred characters."""


draw_code = StepKind(
    capability="type.code",
    version=1,
    call=DrawCode,
    out=Code,
    predict=lambda call: Code(image=predicted_asset("image/png", size=300)),
    work=lambda call: Work(amount=1, unit="codes"),
    seconds_per_unit=0.02,
    tools=("segno",),
    needs=Needs(memory_bytes=60 * MIB),
    reproducible="bits",
    origin="computed",
    called="QR code",
    sense="none",
)
