"""`each:` at reading: the texts of an ask with columns in them, and whether the table has those."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from berg.brief import yaml_tree
from berg.brief.faults import Faults, did_you_mean, listed
from berg.brief.fields import Field
from berg.language.columns import BracesError, columns_of, fill
from berg.schema.brief import PostersAsk, ShortAsk, Table

A = TypeVar("A", bound=ShortAsk | PostersAsk)

TEXTS = {"short": ("script", "end"), "posters": ("headlines", "body", "cta")}
"""Keys of an ask whose texts may have columns in them."""
MOST_LISTED = 12
"""Columns that a message names."""
STAND_IN = "x"
"""What stands for a value where only a text's shape is looked at."""


def with_texts(ask: A, change: Callable[[str, str], str]) -> A:
    """The ask with every text that may have columns changed; `change` gets its path, and it."""
    updates: dict[str, Any] = {}
    for key in TEXTS[ask.kind]:
        texts: Mapping[str, str | tuple[str, ...]] | None = getattr(ask, key)
        if texts:
            updates[key] = {
                language: _changed(text, f"{key}.{language}", change)
                for language, text in texts.items()
            }
    return cast(A, ask.model_copy(update=updates))


def _changed(
    text: str | tuple[str, ...], path: str, change: Callable[[str, str], str]
) -> str | tuple[str, ...]:
    if isinstance(text, str):
        return change(path, text)
    return tuple(change(f"{path}[{index}]", item) for index, item in enumerate(text))


def stand_in(text: str) -> str:
    """A text with a letter for each column; as it is where its braces say nothing."""
    try:
        return fill(text, lambda name: STAND_IN)
    except BracesError:
        return text


def shape_of(ask: A) -> A:
    """The ask as short as any row can make it: what is wrong with it is wrong for every row."""
    return ask if ask.each is None else with_texts(ask, lambda path, text: stand_in(text))


def check_columns(ask: ShortAsk | PostersAsk, fields: Mapping[str, Field], table: Table) -> None:
    """Add a fault for every column that the table has not, and if no column is used at all.

    `fields` are the ask's, by key.
    """
    used: set[str] = set()

    def look(path: str, text: str) -> str:
        key, _, below = path.partition(".")
        field = fields.get(key) or fields.get(key.rstrip("s"))
        if field is not None:
            used.update(_columns(field, below, text, table))
        return text

    with_texts(ask, look)
    if not used and not len(fields["each"].faults):
        each = fields["each"]
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
