import pytest
from hypothesis import given
from hypothesis import strategies as st

from berg.brief.producer import check_character, producer_fault

FIRST = "91110000802100433"
CREDIT = FIRST + check_character(FIRST)
GOOD = f"0011{CREDIT}1A00B"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_code_of_the_right_form_is_good() -> None:
    assert len(GOOD) == 27
    assert producer_fault(GOOD) == ""


def test_the_check_character_is_that_of_a_code_in_public_use() -> None:
    assert CREDIT == "91110000802100433B"
    assert check_character("91330100799655058") == "B"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (GOOD[:-1], "26 characters"),
        (GOOD + "0", "28 characters"),
        (GOOD.lower(), "capital letters"),
        (GOOD[:-1] + "码", "capital letters"),
        (GOOD[:-1] + "-", "capital letters"),
        ("0012" + GOOD[4:], "begins with 0011"),
        (GOOD[:10] + "O" + GOOD[11:], "O is in no credit code"),
        (GOOD[:21] + "C" + GOOD[22:], "doesn't match"),
    ],
)
def test_what_is_wrong_with_a_code_is_named(code: str, says: str) -> None:
    assert says in producer_fault(code)


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_any_one_character_mistyped_is_found(first: str, place: int, other: str) -> None:
    whole = first + check_character(first)
    typed = whole[:place] + other + whole[place + 1 :]
    wrong = producer_fault(f"0011{typed}10000")
    assert (wrong == "") == (typed == whole)
