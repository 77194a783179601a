"""What is known of a run under way: what is done, what runs, and how long the rest should take."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from berg.schema.events import RunPlanned, StepAhead
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
    clock: Callable[[], float] = time.time
    plan: RunPlanned | None = None
    done: set[str] = field(default_factory=set)
    cached: int = 0
    running: dict[str, Under] = field(default_factory=dict)
    _ahead: tuple[StepAhead, ...] = ()
    _foreseen: dict[str, float] = field(default_factory=dict)
    _unnamed: int = 0
    """Steps that are done and were counted only."""
    _taken_s: float = 0.0
    _planned_s: float = 0.0
    _left: float = 0.0
    _left_at: float = float("-inf")
    _left_cost: float = 0.0

    @property
    def total(self) -> int:
        """Steps of the run."""
        return self.plan.total if self.plan else 0

    @property
    def count(self) -> int:
        """Steps that are done."""
        return len(self.done) + self._unnamed

    def planned(self, plan: RunPlanned) -> None:
        """The run's graph as it is foreseen now; what is done stays done."""
        self.plan, self._ahead = plan, plan.steps
        self._foreseen.update((step.name, step.seconds) for step in plan.steps if step.seconds)

    def started(self, name: str, *, at: float, shared: bool = False) -> None:
        """A worker, or another run, has taken a step."""
        self.running[name] = Under(at, shared=shared)

    def progressed(self, name: str, share: float) -> None:
        """A share of a step is done."""
        if name in self.running:
            self.running[name].share = min(1.0, max(0.0, share))

    def found(self, names: Iterable[str]) -> None:
        """Steps whose results were there."""
        for name in names:
            self.running.pop(name, None)
            if name not in self.done:
                self.done.add(name)
                self.cached += 1

    def finished(self, name: str, *, seconds: float) -> bool:
        """A step was made; False if its result was known."""
        self.running.pop(name, None)
        if name in self.done:
            return False
        self.done.add(name)
        self._taken_s += seconds
        self._planned_s += self._foreseen.get(name, seconds)
        return True

    def counted(self, *, made: int, cached: int) -> None:
        """So many steps are done; of many, no names are told."""
        self._unnamed = max(0, made + cached - len(self.done))
        self.cached = cached
        self.running.clear()

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
        if self._unnamed or not self.plan.listed:
            return self.plan.finish_s * (1 - self.count / max(1, self.total))
        pace = (self._taken_s + STEADY_S) / (self._planned_s + STEADY_S)
        now = self.clock()
        under = {
            name: _left_of(self._foreseen.get(name, 0.0) * pace, step, now)
            for name, step in self.running.items()
        }
        return time_left(self._ahead, done=self.done, under=under, pace=pace, slots=self.slots)


def _left_of(foreseen: float, step: Under, now: float) -> float:
    """Seconds left of a step: by its own share once that says something, else as foreseen."""
    elapsed = now - step.since
    by_plan = max(0.0, foreseen - elapsed)
    if step.share < 0.05:
        return by_plan
    by_share = elapsed * (1 - step.share) / step.share
    return step.share * by_share + (1 - step.share) * by_plan
