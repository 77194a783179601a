"""poster.sheet: a set of posters at a glance."""

import math
from collections.abc import Sequence
from itertools import pairwise

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call, Each
from berg.schema.handle import Handle
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB


class ContactSheet(Out):
    """Many posters, small, in one picture."""

    image: Asset
    """JPEG."""


class MakeSheet(Call):
    """Pictures, and what stands under each."""

    names: tuple[str, ...]
    images: Each[Asset]
    """JPEG, PNG or WebP."""


def _predict(call: MakeSheet) -> ContactSheet:
    return ContactSheet(image=predicted_asset("image/jpeg", size=12_000 * len(call.names)))


SHEET = StepKind(
    capability="poster.sheet",
    version=1,
    call=MakeSheet,
    out=ContactSheet,
    predict=_predict,
    work=lambda call: Work(amount=len(call.names), unit="pictures"),
    seconds_per_unit=0.008,
    overhead_s=0.1,
    tools=("opencv-contrib-python-headless", "pillow"),
    needs=Needs(memory_bytes=300 * MIB),
    called="contact sheet",
    sense="seen",
)


def contact_sheet(images: Sequence[Handle[Asset]], *, names: Sequence[str]) -> Step[ContactSheet]:
    """A step that shows posters side by side, `names` under them. Raises ValueError if uneven."""
    if len(images) != len(names) or not names:
        raise ValueError("a contact sheet has a name for each of its pictures, and at least one")
    return SHEET(names=tuple(names), images=images)


def sheets_of(count: int, *, most: int = 120) -> tuple[range, ...]:
    """Ranges that cut a long series into sheets of even length, `most` at the largest."""
    sheets = max(1, math.ceil(count / most))
    ends = [count * index // sheets for index in range(sheets + 1)]
    return tuple(range(a, b) for a, b in pairwise(ends))
