"""poster.table: what each file of a set of posters is made of, as CSV."""

from collections.abc import Sequence

from berg.schema.asset import Asset, predicted_asset
from berg.schema.call import Call
from berg.schema.needs import Needs
from berg.schema.step import Out, Step, StepKind, Work
from berg.units import MIB


class VariantTable(Out):
    """What each file is made of."""

    csv: Asset


class WriteTable(Call):
    """The table, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _predict(call: WriteTable) -> VariantTable:
    size = sum(len(cell) + 1 for row in call.rows for cell in row)
    return VariantTable(csv=predicted_asset("text/csv", size=size))


TABLE = StepKind(
    capability="poster.table",
    version=1,
    call=WriteTable,
    out=VariantTable,
    predict=_predict,
    work=lambda call: Work(amount=len(call.rows), unit="rows"),
    seconds_per_unit=0.00001,
    needs=Needs(memory_bytes=60 * MIB),
    reproducible="bits",
    origin="computed",
    called="table",
    sense="none",
)


def variant_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Step[VariantTable]:
    """A step that writes a table as CSV (RFC 4180, UTF-8)."""
    return TABLE(columns=tuple(columns), rows=tuple(tuple(row) for row in rows))
