"""A run's events, written down while it goes on, for whoever wants to know (`_following`).

`$BERG_HOME/runs/<run>.jsonl`, one event a line (docs/events.md). It is told for people and faces,
and nothing hangs on it: it is not synced, and a log that can't be written stops no run.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from berg.engine.observer import Observer
from berg.schema.events import (
    Event,
    FilesSigned,
    RowsCounted,
    RunEnded,
    RunNoticed,
    RunPlanned,
    StepCached,
    StepFailed,
    StepMade,
    StepProgress,
    StepRepaired,
    StepsCounted,
    StepStarted,
    StepWaiting,
    line_of,
)

GATHER_S = 0.2
"""Events gather so long before they are written."""
LEAST_S = 0.2
"""Time between two events of one kind that say the same anew: shares of a step, rows, counts."""
SLOWER = 0.005
"""Such events come rarer as a run goes on: so much of the time since the first lies between two,
so that their number grows with its logarithm."""
NAMED = 50_000
"""Steps' events that one log holds; after them steps are counted."""
LISTED = 20_000
"""Steps ahead that one log lists, over all its plans."""
NOTICED = 2_000
"""Notices, repairs and failures that one log holds."""


def log_of(home: Path, run: str) -> Path:
    """Where a run's events are."""
    return home / "runs" / f"{run}.jsonl"


class Later(Protocol):
    """Calls something once so many seconds have gone by, as a loop's `call_later`."""

    def __call__(self, delay: float, callback: Callable[[], None], /) -> object:
        """Returns at once."""
        ...


@dataclass(slots=True)
class _Pace:
    """When it is time to say the same anew."""

    first: float | None = None
    last: float = 0.0

    def is_due(self, now: float) -> bool:
        if self.first is None:
            self.first = self.last = now
            return True
        if now - self.last < max(LEAST_S, SLOWER * (now - self.first)):
            return False
        self.last = now
        return True


@dataclass(slots=True)
class EventLog:
    """An observer that writes one run's events down, and passes them on. In one thread.

    However long a run is, its log stays small: what is said anew and anew is said ever rarer, and
    steps beyond `NAMED` are counted.
    """

    path: Path
    then: Observer
    later: Later
    clock: Callable[[], float] = time.monotonic
    _file: int = -1
    _gathered: list[Event | None] = field(default_factory=list)
    _begun: dict[str, int] = field(default_factory=dict)
    """Where in what has gathered a step was started: made in the same breath, that says nothing."""
    _paces: dict[str, _Pace] = field(default_factory=dict)
    _steps: Counter[str] = field(default_factory=Counter)
    _named: int = 0
    _listed: int = 0
    _noticed: int = 0

    def open(self) -> "EventLog":
        """Begin the file. Where that can't be, events are passed on and not kept."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._file = os.open(self.path, flags, 0o666)
        return self

    def event(self, event: Event) -> None:
        """Keep it, if it is worth keeping, and pass it on."""
        self.then.event(event)
        if self._file >= 0:
            for kept in self._worth(event):
                self._gather(kept)

    def _gather(self, event: Event) -> None:
        if not self._gathered:
            self.later(GATHER_S, self.flush)
        if isinstance(event, StepStarted):
            self._begun[event.name] = len(self._gathered)
        elif isinstance(event, StepMade) and (begun := self._begun.get(event.name)) is not None:
            self._gathered[begun] = None
        self._gathered.append(event)

    def flush(self) -> None:
        """Write what has gathered: whole lines, in one go."""
        gathered, self._gathered = self._gathered, []
        self._begun.clear()
        if gathered and self._file >= 0:
            try:
                data = b"".join(line_of(event) for event in gathered if event is not None)
                while data:
                    data = data[os.write(self._file, data) :]
            except (OSError, ValueError):  # no room, or no text: what is kept ends here
                self.close()

    def close(self) -> None:
        """Write what has gathered, and end the file."""
        self.flush()
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _worth(self, event: Event) -> Iterator[Event]:
        """What is kept of an event."""
        match event:
            case StepCached() | StepStarted() | StepMade() | StepWaiting():
                yield from self._step(event)
            case StepProgress():
                if self._is_due(f"progress {event.name}"):
                    yield from self._step(event)
            case StepFailed() | StepRepaired() | RunNoticed():
                if isinstance(event, StepFailed):
                    self._steps["failed"] += 1
                    self._paces.pop(f"progress {event.name}", None)
                self._noticed += 1
                if self._noticed <= NOTICED:
                    yield event
            case RunPlanned():
                yield from self._plan(event)
            case RowsCounted():
                if event.done == event.total or self._is_due(event.event):
                    yield event
            case FilesSigned():
                if self._is_due(event.event):
                    yield event
            case RunEnded():
                if self._named > NAMED:
                    yield self._counted()
                yield event
            case _:
                yield event

    def _step(
        self, event: StepCached | StepStarted | StepProgress | StepMade | StepWaiting
    ) -> Iterator[Event]:
        count = len(event.names) if isinstance(event, StepCached) else 1
        if isinstance(event, StepCached):
            self._steps["cached"] += count
        elif isinstance(event, StepMade):
            self._steps["made"] += 1
            self._paces.pop(f"progress {event.name}", None)
        self._named += count
        if self._named <= NAMED:
            yield event
        elif self._is_due("steps"):
            yield self._counted()

    def _plan(self, event: RunPlanned) -> Iterator[Event]:
        self._listed += len(event.steps)
        if self._listed <= LISTED:
            yield event
        elif self._is_due(event.event):
            yield event.model_copy(update={"steps": (), "listed": False})

    def _counted(self) -> StepsCounted:
        steps = self._steps
        return StepsCounted(made=steps["made"], cached=steps["cached"], failed=steps["failed"])

    def _is_due(self, what: str) -> bool:
        return self._paces.setdefault(what, _Pace()).is_due(self.clock())
