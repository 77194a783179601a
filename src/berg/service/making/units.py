"""Units: what a run makes and delivers one by one. An ordinary make is one; a row is one each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from berg.delivery.journal import RowEntry
from berg.engine.driver import Driver
from berg.engine.observer import Observer
from berg.engine.pins import pins
from berg.engine.rehearsal import Line
from berg.schema.events import Event, StepCached, StepProgress
from berg.schema.promised import Promised
from berg.service._rows_ask import place_of


def _nothing() -> None:
    pass


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """Something to make and to deliver by itself."""

    line: Callable[[], Line]
    """What makes it. May raise RowError: it can't be made, and why."""
    rank: Callable[[str], float]
    """How urgent a step is, by name; higher is sooner."""
    row: RowEntry | None = None
    """The row that it is made for, with no paths yet; None for all that is made once. What fails
    in a row stops no other unit."""
    until: str | None = None
    """Stage at which to stop."""
    on_branch: Callable[[], object] = _nothing
    """Called when its line goes on after it waited for a result."""

    def placed(self, promised: Promised) -> Promised:
        """A file that its line promised, named and placed among the files of other units."""
        row = self.row
        if row is None:
            return promised
        path = place_of(row.ask, shard=row.shard, row=row.row, path=promised.path)
        return replace(promised, name=f"{promised.name}/{row.row}", path=path)

    def telling(self, observer: Observer, *, alive: Callable[[], object]) -> Observer:
        """Who hears of its steps, and tells the observer of them under names of its own; of a row
        also `alive` is called whenever a step says how far it is."""
        return observer if self.row is None else _OfRow(self.row.row, observer, alive)


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeUnit:
    """A unit whose steps are all done."""

    unit: Unit
    driver: Driver

    @property
    def promised(self) -> list[Promised]:
        """Its files, in their places."""
        return [self.unit.placed(item) for item in self.driver.promised]

    @property
    def keys(self) -> list[str]:
        """Keys of the results that are needed as long as its files stand."""
        return [step.key for step in pins(self.driver.steps.values(), self.driver.promised)]

    def gave(self, sha256: str | None) -> bool:
        """Whether one of its steps gave an object."""
        return sha256 is not None and any(s.gave(sha256) for s in self.driver.steps.values())


class _OfRow:
    """Lines of all rows call their steps the same: here each gets its row's name as well."""

    def __init__(self, row: str, observer: Observer, alive: Callable[[], object]) -> None:
        self._row, self._observer, self._alive = row, observer, alive

    def event(self, event: Event) -> None:
        """Pass it on."""
        if isinstance(event, StepCached):
            names = tuple(f"{self._row}/{name}" for name in event.names)
            event = event.model_copy(update={"names": names})
        elif name := getattr(event, "name", None):
            event = event.model_copy(update={"name": f"{self._row}/{name}"})
        self._observer.event(event)
        if isinstance(event, StepProgress):
            self._alive()
