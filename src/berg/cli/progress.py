"""Progress as plain lines: for logs and pipes, and the base of what a terminal shows."""

import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.counting import Writer
from berg.cli.tally import Tally
from berg.cli.text import duration, plural, printable
from berg.engine.observer import RowProgress
from berg.schema.plan import Plan, State

LONG_S = 0.5
"""Steps that took less have no line of their own: the counts tell of them."""
QUIET_S = 10.0
"""A run that has said nothing for so long says that it is alive."""


class Progress:
    """Hears of a run and writes a line for each step that took its time."""

    def __init__(
        self, stream: TextIO | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._write = Writer(stream)
        self._clock = clock
        self._spoken = clock()
        self._shares = False
        self._rows: str | None = None
        self.tally = Tally(clock=clock)

    @property
    def slots(self) -> int:
        """Steps that run side by side."""
        return self.tally.slots

    @slots.setter
    def slots(self, slots: int) -> None:
        self.tally.slots = slots

    def planned(self, plan: Plan) -> None:
        """Say what is ahead, once; later rehearsals only sharpen the time left."""
        first = self.tally.plan is None
        self.tally.planned(plan)
        if first:
            cached = plan.count("cached")
            ahead = f", about {duration(plan.finish_s)}" if cached < len(plan.steps) else ""
            self._say(f"{plural(len(plan.steps), 'step')}, {cached} already there{ahead}")

    def started(self, name: str) -> None:
        """A worker took a step."""
        self.tally.started(name)
        self._sign_of_life()

    def progressed(self, name: str, done: float) -> None:
        """A share of a step is done."""
        self.tally.progressed(name, done)
        self._sign_of_life()

    def waiting(self, name: str) -> None:
        """Another run makes the same: said once, whatever else it makes."""
        self.tally.started(name, shared=True)
        if not self._shares:
            self._shares = True
            self._say(f"  … {printable(name)}: another run is making this; it will be shared")

    def finished(self, name: str, state: State, seconds: float) -> None:
        """A result is there."""
        new = self.tally.finished(name, cached=state == "cached", seconds=seconds)
        if new and state != "cached" and seconds >= LONG_S:
            self._say(f"  ✓ {printable(name)}  {seconds:.1f} s  [{self.counts()}]")

    def rows(self, progress: RowProgress) -> None:
        """How many rows of a table are done: said at the start, the end, and every few seconds."""
        last = progress.done == progress.total
        if self._rows is None or last or self._clock() - self._spoken >= QUIET_S:
            said = row_counts(progress)
            if said != self._rows:
                self._say(f"  … {said}")
            self._rows = said

    def signed(self, done: int, total: int) -> None:
        """How many files are signed: said while it takes long."""
        if self._clock() - self._spoken >= QUIET_S:
            self._say(f"  … {signed_counts(done, total)}")

    def noticed(self, message: str) -> None:
        """Something that people should know."""
        self._say(f"  ! {printable(' '.join(message.split()))}")

    def close(self) -> None:
        """Nothing is left behind."""

    def counts(self) -> str:
        """`23/71, 12 cached, about 18 s left`."""
        tally = self.tally
        parts = [f"{len(tally.done)}/{tally.total}"]
        if tally.cached:
            parts.append(f"{tally.cached} cached")
        if len(tally.done) < tally.total:
            parts.append(f"about {duration(tally.left_s())} left")
        return ", ".join(parts)

    def _sign_of_life(self) -> None:
        if self._clock() - self._spoken >= QUIET_S:
            under = ", ".join(
                f"{printable(name)} {step.share:.0%}" for name, step in self.tally.running.items()
            )
            self._say(f"  … [{self.counts()}] {under}")

    def _say(self, text: str) -> None:
        self._spoken = self._clock()
        self._write(f"{text}\n")


def signed_counts(done: int, total: int) -> str:
    """`120/500 files labelled and signed`."""
    return f"{done:,}/{plural(total, 'file')} labelled and signed"


def row_counts(progress: RowProgress) -> str:
    """`1,200/5,000 rows, 3 left out, about 4 min left`."""
    parts = [f"{progress.done:,}/{plural(progress.total, 'row')}"]
    if progress.kept:
        parts.append(f"{progress.kept:,} as before")
    if progress.left_out:
        parts.append(f"{progress.left_out:,} left out")
    if progress.done < progress.total and progress.left_s > 0:
        parts.append(f"about {duration(progress.left_s)} left")
    return ", ".join(parts)
