"""What is known of a run under way: what is done, what runs, and how long the rest should take."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from berg.schema.plan import Plan
from berg.service import time_left

STEADY_S = 3.0
"""Seconds of work by which the plan's own times outweigh what this run has shown."""
REST = 20
"""Simulating may take one part in so many of the time."""


@dataclass(eq=False, slots=True)
class Under:
    """A step under way."""

    since: float
    share: float = 0.0
    shared: bool = False
    """Another run makes it; nothing is heard of it until it is there."""


@dataclass(eq=False, slots=True)
class Tally:
    """Counts of one run. `clock` gives seconds."""

    slots: int = 1
    clock: Callable[[], float] = time.monotonic
    plan: Plan | None = None
    done: set[str] = field(default_factory=set)
    cached: int = 0
    running: dict[str, Under] = field(default_factory=dict)
    _foreseen: dict[str, float] = field(default_factory=dict)
    _taken_s: float = 0.0
    _planned_s: float = 0.0
    _left: float = 0.0
    _left_at: float = float("-inf")
    _left_cost: float = 0.0

    @property
    def total(self) -> int:
        """Steps of the run."""
        return len(self.plan.steps) if self.plan else 0

    def planned(self, plan: Plan) -> None:
        """The run's graph as it is foreseen now; what is done stays done."""
        self.plan = plan
        for step in plan.steps:
            if step.seconds:
                self._foreseen[step.name] = step.seconds

    def started(self, name: str, *, shared: bool = False) -> None:
        """A worker, or another run, has taken a step."""
        self.running[name] = Under(self.clock(), shared=shared)

    def progressed(self, name: str, share: float) -> None:
        """A share of a step is done."""
        if name in self.running:
            self.running[name].share = min(1.0, max(0.0, share))

    def finished(self, name: str, *, cached: bool, seconds: float) -> bool:
        """A step's result exists; False if that was known."""
        self.running.pop(name, None)
        if name in self.done:
            return False
        self.done.add(name)
        if cached:
            self.cached += 1
        else:
            self._taken_s += seconds
            self._planned_s += self._foreseen.get(name, seconds)
        return True

    def left_s(self) -> float:
        """Seconds until the end: the rest of the plan, at the pace that this run has shown.

        Long plans are simulated less often, and the time counted down meanwhile.
        """
        begun = self.clock()
        if begun - self._left_at >= self._left_cost * REST:
            self._left, self._left_at = self._simulate(), begun
            self._left_cost = self.clock() - begun
        return max(0.0, self._left - (begun - self._left_at))

    def _simulate(self) -> float:
        if self.plan is None:
            return 0.0
        pace = (self._taken_s + STEADY_S) / (self._planned_s + STEADY_S)
        now = self.clock()
        under = {
            name: _left_of(self._foreseen.get(name, 0.0) * pace, step, now)
            for name, step in self.running.items()
        }
        return time_left(self.plan, done=self.done, under=under, pace=pace, slots=self.slots)


def _left_of(foreseen: float, step: Under, now: float) -> float:
    """Seconds left of a step: by its own share once that says something, else as foreseen."""
    elapsed = now - step.since
    by_plan = max(0.0, foreseen - elapsed)
    if step.share < 0.05:
        return by_plan
    by_share = elapsed * (1 - step.share) / step.share
    return step.share * by_share + (1 - step.share) * by_plan
