"""When a plan will be done: list scheduling by critical path on a machine's processors.

The driver hands jobs to workers in the same order, so that what is simulated is what is done.
Reference: Graham, Bounds on Multiprocessing Timing Anomalies, 1969; ranks as in HEFT
(Topcuoglu, Hariri, Wu, IEEE TPDS 13(3), 2002).
"""

import heapq
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol


class Timed(Protocol):
    """What counts of a step here: a `PlannedStep`, or what is told of one."""

    @property
    def name(self) -> str:
        """Unique among the steps."""
        ...

    @property
    def seconds(self) -> float:
        """Foreseen; 0 when cached."""
        ...

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of the steps whose results it takes."""
        ...

    @property
    def session(self) -> str | None:
        """Name of the session that it wants resident."""
        ...

    @property
    def processors(self) -> int:
        """Cores that it keeps busy."""
        ...


def upward_ranks(steps: Sequence[Timed]) -> dict[str, float]:
    """Seconds from a step's start to the end of the longest chain that hangs on it, by name."""
    ranks: dict[str, float] = {}
    after: dict[str, float] = defaultdict(float)
    for step in reversed(steps):  # lines ask for inputs first, so the order is topological
        ranks[step.name] = step.seconds + after[step.name]
        for need in step.needs:
            after[need] = max(after[need], ranks[step.name])
    return ranks


def finish_time(steps: Sequence[Timed], *, slots: int) -> float:
    """Wall seconds until all steps are done on `slots` equal processors.

    A session serves one step at a time; steps wait for as many processors as they keep busy.
    """
    return _Machine(steps, slots).run()


class _Machine:
    """Processors, a clock, and the steps that are ready, most urgent first."""

    def __init__(self, steps: Sequence[Timed], slots: int) -> None:
        self._steps = {step.name: step for step in steps}
        self._ranks = upward_ranks(steps)
        self._missing = {step.name: len(step.needs) for step in steps}
        self._followers: dict[str, list[str]] = defaultdict(list)
        for step in steps:
            for need in step.needs:
                self._followers[need].append(step.name)
        self._slots = self._free = slots
        self._ready: list[tuple[float, int, str]] = []
        self._order = {step.name: index for index, step in enumerate(steps)}
        self._running: list[tuple[float, int, str]] = []
        self._busy_sessions: set[str] = set()
        self._now = 0.0

    def run(self) -> float:
        for name, missing in self._missing.items():
            if not missing:
                self._arrive(name)
        while self._ready or self._running:
            self._start_what_fits()
            if self._running:
                self._end_next()
        return self._now

    def _width(self, step: Timed) -> int:
        """Processors that a step takes; what is there already goes by on one, in no time."""
        return min(max(1, step.processors), self._slots)

    def _arrive(self, name: str) -> None:
        heapq.heappush(self._ready, (-self._ranks[name], self._order[name], name))

    def _start_what_fits(self) -> None:
        waiting = []
        while self._ready and self._free:
            entry = heapq.heappop(self._ready)
            step = self._steps[entry[2]]
            if step.seconds and step.session in self._busy_sessions:
                waiting.append(entry)
                continue
            if self._width(step) > self._free:  # the most urgent: nothing overtakes it
                waiting.append(entry)
                break
            if step.seconds and step.session:
                self._busy_sessions.add(step.session)
            self._free -= self._width(step)
            heapq.heappush(self._running, (self._now + step.seconds, entry[1], step.name))
        for entry in waiting:
            heapq.heappush(self._ready, entry)

    def _end_next(self) -> None:
        self._now, _, name = heapq.heappop(self._running)
        step = self._steps[name]
        self._free += self._width(step)
        if step.seconds and step.session:
            self._busy_sessions.discard(step.session)
        for follower in self._followers[name]:
            self._missing[follower] -= 1
            if not self._missing[follower]:
                self._arrive(follower)
