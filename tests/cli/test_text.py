"""Widths, sizes and times as people read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.cli.text import cells, duration, fit, pad, plural, printable, size


@given(st.text(), st.integers(0, 40))
def test_what_is_fitted_is_never_wider(text: str, width: int) -> None:
    assert cells(fit(text, width)) <= width


def test_wide_characters_count_twice() -> None:
    assert cells("港口 ok") == 7
    assert fit("港口醒来", 6) == "港口…"
    assert pad("港", 4) == "港  "


@given(st.text())
def test_nothing_printable_can_move_the_cursor(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (89, "89 s"), (130, "2 min 10 s"), (5400, "1 h 30 min")],
)
def test_times_are_short(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_sizes_and_counts_are_short() -> None:
    assert [size(n) for n in (0, 999, 1_500, 2_000_000, 3 * 10**9)] == [
        "0 B",
        "999 B",
        "1.5 kB",
        "2.0 MB",
        "3.0 GB",
    ]
    assert (plural(1, "step"), plural(0, "step")) == ("1 step", "0 steps")
