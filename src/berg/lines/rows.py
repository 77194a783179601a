"""Rows: an ask with `{column}` in its texts, filled in with one row's values.

A value is text and nothing else: braces, markup, paths and line breaks in it mean nothing. What is
wrong with a value is its row's fault. Not here: where rows come from (`brief.table`), and what
makes them one after another (`service`).
"""

import unicodedata
from collections.abc import Mapping
from typing import TypeVar

from berg.brief.asks import with_texts
from berg.brief.plain_text import refused_in
from berg.errors import RequestError
from berg.language.columns import fill
from berg.schema.brief import Ask

A = TypeVar("A", bound=Ask)

MAX_VALUE = 500
"""Characters of a value that is filled in."""


class RowError(RequestError):
    """A row can't be made: what is wrong with it, in words for the table's owner."""

    code = "row"


def filled(ask: A, values: Mapping[str, str]) -> A:
    """The ask with every `{column}` replaced; `each` stays, so that a line knows of it. Pure.

    Raises:
        RowError: a value is missing, empty, too long, or has characters that no text may hold.
        BracesError: the ask's own texts are not sound; reading the brief refuses those.
    """
    kept: dict[str, str] = {}

    def value_of(name: str) -> str:
        if name not in kept:
            kept[name] = _value(name, values)
        return kept[name]

    return with_texts(ask, lambda path, text: fill(text, value_of))


def _value(name: str, values: Mapping[str, str]) -> str:
    raw = values.get(name)
    if raw is None:
        raise RowError(f"{name} is missing")
    text = unicodedata.normalize("NFC", " ".join(raw.split()))
    if not text:
        raise RowError(f"{name} is empty")
    if len(text) > MAX_VALUE:
        raise RowError(f"{name} has {len(text):,} characters; at most {MAX_VALUE} are filled in")
    if bad := refused_in(raw.replace("\r", "\n")):
        raise RowError(f"{name} has a {bad}; delete it")
    return text
