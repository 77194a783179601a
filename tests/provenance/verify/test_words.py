"""Small words of verdicts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.provenance.verify.words import clean, listed, moment, quoted


@given(st.text())
def test_nothing_that_is_quoted_moves_a_cursor_or_ends_its_quotation(text: str) -> None:
    shown = quoted(text)
    assert shown[0] == "“"
    assert shown[-1] == "”"
    assert not set(shown[1:-1]) & set('“”„"')
    assert all(not unicodedata.category(c).startswith("C") or c == "\ufffd" for c in shown)
    assert len(shown) <= 82


def test_what_is_long_is_cut() -> None:
    assert clean("a" * 100, most=10) == "a" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-22T10:00:00Z", "2026-11-22 10:00 UTC"),
        ("2026-11-22T10:00:07.25+00:00", "2026-11-22 10:00 UTC"),
        ("2026-11-22T10:00:00+08:00", "2026-11-22 10:00 +08:00"),
        ("yesterday, I swear", "“yesterday, I swear”"),
        ("", "an unknown time"),
    ],
)
def test_a_moment_is_read_or_quoted(text: str, shown: str) -> None:
    assert moment(text) == shown


def test_lists_end() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(list("abcdefghi")) == "a, b, c, d, e, f and 3 more"
