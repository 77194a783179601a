"""What a run tells while it goes on: a protocol for faces that show progress."""

from dataclasses import dataclass
from typing import Protocol

from berg.schema.plan import Plan, State


@dataclass(frozen=True, kw_only=True, slots=True)
class RowProgress:
    """Rows of a run, as they stand."""

    total: int
    made: int
    """Delivered by this run."""
    kept: int
    """Delivered before, and unchanged."""
    left_out: int
    """Something is wrong with them."""
    left_s: float
    """Foreseen seconds until the rest is made."""

    @property
    def done(self) -> int:
        """Rows that nothing more is to be done about."""
        return self.made + self.kept + self.left_out


class Observer(Protocol):
    """Hears of everything that happens in a run, in order, in the driver's thread."""

    def planned(self, plan: Plan) -> None:
        """The line was rehearsed, for the first time or again after a branch."""
        ...

    def started(self, name: str) -> None:
        """A worker took the step."""
        ...

    def progressed(self, name: str, done: float) -> None:
        """Share of the step done, 0 to 1."""
        ...

    def waiting(self, name: str) -> None:
        """Another run is making the same thing; its result will be shared."""
        ...

    def finished(self, name: str, state: State, seconds: float) -> None:
        """The step's result exists: `cached`, or `will run` when it was made now."""
        ...

    def rows(self, progress: RowProgress) -> None:
        """How far a run has come that makes something for each row of a table."""
        ...

    def signed(self, done: int, total: int) -> None:
        """All is made, and so many of the files are labelled and signed."""
        ...

    def noticed(self, message: str) -> None:
        """Something that people should know but that stops nothing."""
        ...


class Silent:
    """An observer that shows nothing."""

    def planned(self, plan: Plan) -> None:
        """Nothing."""

    def started(self, name: str) -> None:
        """Nothing."""

    def progressed(self, name: str, done: float) -> None:
        """Nothing."""

    def waiting(self, name: str) -> None:
        """Nothing."""

    def finished(self, name: str, state: State, seconds: float) -> None:
        """Nothing."""

    def rows(self, progress: RowProgress) -> None:
        """Nothing."""

    def signed(self, done: int, total: int) -> None:
        """Nothing."""

    def noticed(self, message: str) -> None:
        """Nothing."""
