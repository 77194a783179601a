"""Cutting long lines, and times from durations."""

from hypothesis import given, settings
from hypothesis import strategies as st

from berg.language.phones import Phone, cut, phones, punctuation, word_times


def test_a_pause_belongs_to_no_word() -> None:
    line = [*phones("ab", 0), punctuation(","), punctuation(" "), *phones("d", 1)]
    times = word_times(line, [2, 1, 3, 5, 1, 4, 9])
    assert times == {0: (1200, 3600), 1: (7200, 9600)}


def test_a_word_said_in_several_spoken_words_is_one_span() -> None:
    line = [*phones("a", 0), punctuation(" "), *phones("b", 0)]
    assert word_times(line, [0, 1, 1, 1, 0]) == {0: (0, 1800)}


def test_symbols_that_the_model_cannot_read_are_left_out() -> None:
    assert [p.symbol for p in phones("a❓b", 0)] == ["a", "b"]


def test_a_cut_prefers_the_end_of_a_sentence() -> None:
    line = [
        *phones("a" * 30, 0),
        punctuation("."),
        punctuation(" "),
        *phones("b" * 20, 1),
        punctuation(","),
        *phones("d" * 20, 2),
    ]
    assert [len(piece) for piece in cut(line, most=60)] == [31, 42]


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("ab,. "), max_size=300), st.integers(5, 60))
def test_pieces_fit_and_joined_are_the_line(text: str, most: int) -> None:
    line = [Phone(symbol, 0) for symbol in text]
    pieces = list(cut(line, most=most))
    assert all(0 < len(piece) <= most for piece in pieces)
    assert [phone for piece in pieces for phone in piece] == line
