"""The work of poster.sheet and poster.table."""

import csv
import io

from berg.lines.posters.design.encode import encode
from berg.lines.posters.design.sheet import contact_sheet
from berg.lines.posters.steps.sheets import (
    ContactSheet,
    SheetInputs,
    SheetParams,
    TableParams,
    VariantTable,
)
from berg.schema.context import Context
from berg.schema.step import NoInputs

_QUALITY = 86


def make_sheet(params: SheetParams, inputs: SheetInputs, ctx: Context) -> ContactSheet:
    """Posters side by side."""
    paths = [ctx.path(image) for image in inputs.images]
    data = encode(contact_sheet(paths, names=params.names), "jpeg", quality=_QUALITY)
    return ContactSheet(image=ctx.put_bytes(data, "image/jpeg"))


def write_table(params: TableParams, inputs: NoInputs, ctx: Context) -> VariantTable:
    """CSV as RFC 4180 says, UTF-8 without a mark at its beginning."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(params.columns)
    writer.writerows(params.rows)
    return VariantTable(csv=ctx.put_bytes(text.getvalue().encode(), "text/csv"))
