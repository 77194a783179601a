"""poster.sheet and poster.table: a set of posters at a glance, and what each is made of."""

import math
from collections.abc import Sequence
from itertools import pairwise

from berg.schema.asset import Asset, predicted_asset
from berg.schema.handle import Handle
from berg.schema.needs import Needs
from berg.schema.step import Inputs, NoInputs, Out, Params, Step, StepKind, Work
from berg.units import MIB


class ContactSheet(Out):
    """Many posters, small, in one picture."""

    image: Asset
    """JPEG."""


class SheetParams(Params):
    """What stands under each picture."""

    names: tuple[str, ...]


class SheetInputs(Inputs):
    """JPEG, PNG or WebP."""

    images: tuple[Asset, ...]


class VariantTable(Out):
    """What each file is made of."""

    csv: Asset


class TableParams(Params):
    """The table, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _predict_sheet(params: SheetParams, inputs: SheetInputs) -> ContactSheet:
    return ContactSheet(image=predicted_asset("image/jpeg", size=12_000 * len(params.names)))


def _predict_table(params: TableParams, inputs: Inputs) -> VariantTable:
    size = sum(len(cell) + 1 for row in params.rows for cell in row)
    return VariantTable(csv=predicted_asset("text/csv", size=size))


SHEET = StepKind(
    capability="poster.sheet",
    version=1,
    params=SheetParams,
    inputs=SheetInputs,
    out=ContactSheet,
    runner="berg.lines.posters.steps.run_sheets:make_sheet",
    predict=_predict_sheet,
    work=lambda params, inputs: Work(amount=len(params.names), unit="pictures"),
    seconds_per_unit=0.008,
    overhead_s=0.1,
    tools=("opencv-contrib-python-headless", "pillow"),
    needs=Needs(memory_bytes=300 * MIB),
    called="contact sheet",
    sense="seen",
)

TABLE = StepKind(
    capability="poster.table",
    version=1,
    params=TableParams,
    inputs=NoInputs,
    out=VariantTable,
    runner="berg.lines.posters.steps.run_sheets:write_table",
    predict=_predict_table,
    work=lambda params, inputs: Work(amount=len(params.rows), unit="rows"),
    seconds_per_unit=0.00001,
    origin="computed",
    needs=Needs(memory_bytes=60 * MIB),
    reproducible="bits",
    called="table",
    sense="none",
)


def contact_sheet(images: Sequence[Handle[Asset]], *, names: Sequence[str]) -> Step[ContactSheet]:
    """A step that shows posters side by side, `names` under them. Raises ValueError if uneven."""
    if len(images) != len(names) or not names:
        raise ValueError("a contact sheet has a name for each of its pictures, and at least one")
    return SHEET.step(params=SheetParams(names=tuple(names)), inputs={"images": tuple(images)})


def variant_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Step[VariantTable]:
    """A step that writes a table as CSV (RFC 4180, UTF-8)."""
    cells = tuple(tuple(row) for row in rows)
    return TABLE.step(params=TableParams(columns=tuple(columns), rows=cells))


def sheets_of(count: int, *, most: int = 120) -> tuple[range, ...]:
    """Ranges that cut a long series into sheets of even length, `most` at the largest."""
    sheets = max(1, math.ceil(count / most))
    ends = [count * index // sheets for index in range(sheets + 1)]
    return tuple(range(a, b) for a, b in pairwise(ends))
