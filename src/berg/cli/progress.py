"""Progress as plain lines: for logs and pipes, and the base of what a terminal shows.

A reader of a run's events (`schema/events.py`), of this process or of another.
"""

import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.counting import Writer
from berg.cli.tally import Tally
from berg.cli.text import duration, plural, printable
from berg.schema.events import (
    Event,
    FilesSigned,
    RowsCounted,
    RunNoticed,
    RunPlanned,
    RunStarted,
    StepCached,
    StepMade,
    StepProgress,
    StepRepaired,
    StepsCounted,
    StepStarted,
    StepWaiting,
)

LONG_S = 0.5
"""Steps that took less have no line of their own: the counts tell of them."""
QUIET_S = 10.0
"""A run that has said nothing for so long says that it is alive."""


LATE_S = 5.0
"""Of an event that was told so long ago no time left is said: it would be foreseen from then."""


class Progress:
    """Hears of a run and writes a line for each step that took its time."""

    def __init__(self, stream: TextIO | None, *, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives seconds, as events tell them."""
        self._write = Writer(stream)
        self._clock = clock
        self._spoken = clock()
        self._shared = self._held = False
        self._rows: str | None = None
        self._is_late = False
        self.tally = Tally(clock=clock)

    def event(self, event: Event) -> None:
        """Say it, if it is worth a line; what it means for the counts is kept."""
        self._is_late = self._clock() - event.at > LATE_S
        match event:
            case RunStarted():
                self.tally.slots = event.slots
            case RunPlanned():
                self._planned(event)
            case StepWaiting(on="machine"):
                self._hold_on()
            case StepCached() | StepStarted() | StepProgress() | StepMade() | StepWaiting() if (
                self._rows is not None
            ):
                pass  # of rows: too many to keep in mind
            case StepCached():
                self.tally.found(event.names)
            case StepStarted():
                self.tally.started(event.name, at=event.at)
                self._sign_of_life()
            case StepProgress():
                self.tally.progressed(event.name, event.done)
                self._sign_of_life()
            case StepWaiting():
                self.tally.started(event.name, at=event.at, shared=True)
                self._shares(event.name)
            case StepMade():
                self._made(event)
            case StepsCounted():
                self.tally.counted(made=event.made, cached=event.cached)
                self._sign_of_life()
            case RowsCounted():
                self._count_rows(event)
            case FilesSigned():
                self._signed(event)
            case RunNoticed() | StepRepaired():
                self.noticed(event.message)
            case _:
                pass

    def noticed(self, message: str) -> None:
        """Something that people should know."""
        self._say(f"  ! {printable(' '.join(message.split()))}")

    def close(self) -> None:
        """Nothing is left behind."""

    def counts(self, *, is_late: bool = False) -> str:
        """`23/71, 12 cached, about 18 s left`; the time only if it is told at once."""
        tally = self.tally
        parts = [f"{tally.count}/{tally.total}"]
        if tally.cached:
            parts.append(f"{tally.cached} cached")
        if tally.count < tally.total and not is_late:
            parts.append(f"about {duration(tally.left_s())} left")
        return ", ".join(parts)

    def _planned(self, plan: RunPlanned) -> None:
        """Say what is ahead, once; later rehearsals only sharpen the time left."""
        first = self.tally.plan is None
        self.tally.planned(plan)
        if first:
            ahead = f", about {duration(plan.finish_s)}" if plan.cached < plan.total else ""
            self._say(f"{plural(plan.total, 'step')}, {plan.cached} already there{ahead}")

    def _hold_on(self) -> None:
        """Other runs hold the machine: said once, whichever step waits."""
        if not self._held:
            self._held = True
            self.noticed("other runs on this home hold the machine; waiting for them")

    def _shares(self, name: str) -> None:
        """Another run makes the same: said once, whatever else it makes."""
        if not self._shared:
            self._shared = True
            self._say(f"  … {printable(name)}: another run is making this; it will be shared")

    def _made(self, event: StepMade) -> None:
        new = self.tally.finished(event.name, seconds=event.seconds)
        if new and event.seconds >= LONG_S and self._rows is None:
            self._say(f"  ✓ {printable(event.name)}  {event.seconds:.1f} s  [{self._counted()}]")

    def _count_rows(self, progress: RowsCounted) -> None:
        """How many rows of a table are done: said at the start, the end, and every few seconds."""
        last = progress.done == progress.total
        if self._rows is None or last or self._clock() - self._spoken >= QUIET_S:
            said = row_counts(progress, is_late=self._is_late)
            if said != self._rows:
                self._say(f"  … {said}")
            self._rows = said

    def _signed(self, event: FilesSigned) -> None:
        """How many files are signed: said while it takes long."""
        if self._clock() - self._spoken >= QUIET_S:
            self._say(f"  … {signed_counts(event)}")

    def _sign_of_life(self) -> None:
        if self._rows is None and self._clock() - self._spoken >= QUIET_S:
            under = ", ".join(
                f"{printable(name)} {step.share:.0%}" for name, step in self.tally.running.items()
            )
            self._say(f"  … [{self._counted()}] {under}")

    def _counted(self) -> str:
        return self.counts(is_late=self._is_late)

    def _say(self, text: str) -> None:
        self._spoken = self._clock()
        self._write(f"{text}\n")


def signed_counts(event: FilesSigned) -> str:
    """`120/500 files labelled and signed`."""
    return f"{event.done:,}/{plural(event.total, 'file')} labelled and signed"


def row_counts(progress: RowsCounted, *, is_late: bool = False) -> str:
    """`1,200/5,000 rows, 3 left out, about 4 min left`; the time only if it is told at once."""
    parts = [f"{progress.done:,}/{plural(progress.total, 'row')}"]
    if progress.kept:
        parts.append(f"{progress.kept:,} as before")
    if progress.left_out:
        parts.append(f"{progress.left_out:,} left out")
    if progress.done < progress.total and progress.left_s > 0 and not is_late:
        parts.append(f"about {duration(progress.left_s)} left")
    return ", ".join(parts)
