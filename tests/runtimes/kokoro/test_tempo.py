"""What the model is told for a tempo."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from berg.runtimes.kokoro.tempo import model_speed


def test_one_is_one() -> None:
    assert model_speed(Fraction(1)) == 1


@given(st.fractions(Fraction(1, 2), Fraction(2)), st.fractions(Fraction(1, 2), Fraction(2)))
def test_faster_is_told_faster(a: Fraction, b: Fraction) -> None:
    assert (a < b) == (model_speed(a) < model_speed(b))
