"""Quantities: rational media time, and the few conversions that everybody needs.

Media time is rational, never float: frames over a rate, samples over a rate.
"""

import math
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

MIB = 1 << 20
GIB = 1 << 30

SampleRange = tuple[int, int]
"""First sample, and the sample after the last."""


def _to_fraction(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("a rational is written as an integer or as text such as 30000/1001")
    return Fraction(value)


def show_rational(value: Fraction) -> str:
    """`30/1`, `30000/1001`: always with its denominator."""
    return f"{value.numerator}/{value.denominator}"


Rational = Annotated[
    Fraction,
    BeforeValidator(_to_fraction),
    PlainSerializer(show_rational, return_type=str),
]
"""An exact ratio; in JSON it is text, `numerator/denominator`."""


def frames_to_hold(seconds: Fraction, fps: Fraction) -> int:
    """The fewest whole frames that last at least `seconds`."""
    return math.ceil(seconds * fps)


def frames_to_samples(frames: int, fps: Fraction, sample_rate: int) -> int:
    """Samples from time 0 to the start of frame `frames`, rounded to the nearest sample."""
    return round(Fraction(frames * sample_rate) / fps)


def seconds_to_frame(seconds: Fraction, fps: Fraction) -> int:
    """The frame nearest to a moment."""
    return round(seconds * fps)
