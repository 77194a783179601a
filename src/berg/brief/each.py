"""`each:` at reading: whether the table has the columns that an ask's texts name."""

from collections.abc import Iterable

from berg.brief import yaml_tree
from berg.brief.faults import Faults, did_you_mean, listed
from berg.brief.fields import Field
from berg.language.columns import BracesError, columns_of
from berg.schema.brief import Table

MOST_LISTED = 12
"""Columns that a message names."""


def check_columns(texts: Iterable[tuple[Field, str, str]], *, each: Field, table: Table) -> None:
    """Add a fault for every column that the table has not, and if no column is used at all.

    `texts` are those of the ask: the field that holds each, its path below that, and it.
    """
    used = {name for text in texts for name in _columns(*text, table)}
    if not used and not len(each.faults):
        each.fault(f"{each.path}: no text has a column of it; write {{{table.columns[0]}}} in one")


def _columns(field: Field, below: str, text: str, table: Table) -> tuple[str, ...]:
    language = below.partition("[")[0]
    place = yaml_tree.place_of(field.node, language)
    path = f"{field.path}.{below}" if field.is_map() else field.path
    try:
        names = columns_of(text)
    except BracesError as error:
        field.faults.add(place, path, f"{path}: {error}")
        return ()
    for name in names:
        if name not in table.columns:
            known = f"; its columns are {listed(table.columns[:MOST_LISTED])}"
            hint = did_you_mean(name, table.columns) or known
            message = f"{path}: {table.name} has no column {Faults.quote(name)}{hint}"
            field.faults.add(place, path, message)
    return names
