"""The work of poster.table."""

import csv
import io

from berg.lines.posters.steps.table.declare import VariantTable, WriteTable
from berg.schema.context import Context


def table(call: WriteTable, ctx: Context) -> VariantTable:
    """CSV as RFC 4180 says, UTF-8 without a mark at its beginning."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(call.columns)
    writer.writerows(call.rows)
    return VariantTable(csv=ctx.put_bytes(text.getvalue().encode(), "text/csv"))
