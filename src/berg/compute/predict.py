"""Foreseeing how long a step takes, from what such steps took on this machine before.

A step's time is taken as `overhead + rate * amount`, fitted by ridge regression towards the
kind's prior, so that one observation already moves it and none leaves the prior standing.
Reference: Hoerl and Kennard, Ridge Regression, Technometrics 12(1), 1970.
"""

from collections.abc import Callable, Sequence
from typing import Any

from berg.schema.step import StepKind, Work

HISTORY = 60
"""Latest observations of a capability that count: enough to be steady, few enough to follow."""
PRIOR_WEIGHT = 0.05
"""How many observations the prior is worth: little, since machines differ by far."""

Observations = Callable[[str, int], Sequence[tuple[float, float]]]
"""Gives (amount, wall seconds) of the latest runs of a capability, newest first."""


class Predictor:
    """Times of steps, learned by capability. Each is read once; make a predictor for each run."""

    def __init__(self, observations: Observations) -> None:
        self._observations = observations
        self._fits: dict[str, tuple[float, float]] = {}

    def seconds(self, kind: StepKind[..., Any, Any], work: Work) -> float:
        """Wall seconds of one step with a core to itself, as such steps went before."""
        fit = self._fits.get(kind.capability)
        if fit is None:
            seen = self._observations(kind.capability, HISTORY)
            fit = fit_line(seen, overhead=kind.overhead_s, rate=kind.seconds_per_unit)
            self._fits[kind.capability] = fit
        overhead, rate = fit
        return overhead + rate * work.amount


def fit_line(
    seen: Sequence[tuple[float, float]], *, overhead: float, rate: float
) -> tuple[float, float]:
    """`(overhead, rate)`, neither below zero, that fit (amount, seconds) pairs near a prior."""
    if not seen:
        return overhead, rate
    scale = max(amount for amount, _ in seen) or 1.0
    # residuals from the prior, amounts scaled to 0..1, so that both penalties mean the same
    pairs = [(amount / scale, wall - overhead - rate * amount) for amount, wall in seen]
    n = len(pairs) + PRIOR_WEIGHT
    sx = sum(x for x, _ in pairs)
    sxx = sum(x * x for x, _ in pairs) + PRIOR_WEIGHT
    sy = sum(y for _, y in pairs)
    sxy = sum(x * y for x, y in pairs)
    determinant = n * sxx - sx * sx
    shift = (sy * sxx - sx * sxy) / determinant
    slope = (n * sxy - sx * sy) / determinant / scale
    fitted_overhead, fitted_rate = overhead + shift, rate + slope
    if fitted_overhead < 0:
        return 0.0, max(0.0, _through_zero(seen))
    if fitted_rate < 0:
        return sum(wall for _, wall in seen) / len(seen), 0.0
    return fitted_overhead, fitted_rate


def _through_zero(seen: Sequence[tuple[float, float]]) -> float:
    total = sum(amount for amount, _ in seen)
    return sum(wall for _, wall in seen) / total if total else 0.0
