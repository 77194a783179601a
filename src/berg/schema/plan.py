"""Plan: a rehearsed graph."""

from dataclasses import dataclass
from typing import Literal

State = Literal["cached", "will run", "depends"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedStep:
    """One step as a rehearsal foresees it."""

    name: str
    capability: str
    recipe: str
    state: State
    """`depends`: its inputs will be made anew; it may yet turn out the same."""
    needs: tuple[str, ...]
    """Names of the steps whose results it takes."""
    amount: float
    unit: str
    seconds: float
    """Foreseen time, 0 when cached."""
    out_bytes: int
    """Foreseen size of what it stores, 0 when cached."""
    memory_bytes: int
    session: str | None
    """Name of the session that it wants resident."""
    processors: int = 1
    """Cores that it keeps busy."""
    scratch_bytes: int = 0
    """Most that it writes aside."""
    weights: tuple[str, ...] = ()
    """Catalogue names of the weights that it opens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """How much of the work several deliverables share."""

    asked: int
    """Steps, were every deliverable (film, poster) made by itself."""
    distinct: int
    """Steps, each counted once, whoever needs it."""
    cached: int
    """Of the distinct ones, those whose result is there."""

    @property
    def share(self) -> float:
        """Part of the work asked for that is done by sharing it, 0 to 1."""
        return 1 - self.distinct / self.asked if self.asked else 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRows:
    """What is foreseen for the rows of tables, from some of them."""

    total: int
    kept: int
    """Delivered before, and unchanged."""
    left_out: int
    """Something is wrong with them, as far as that is seen without making them."""
    sampled: int
    """Rows that were rehearsed; the rest is reckoned from them."""
    shared: Shared
    """Over all rows that are to be made."""
    seconds: float
    """Wall time of them all."""
    store_bytes: int
    deliver_bytes: int
    files: int

    @property
    def wanted(self) -> int:
        """Rows that are to be made."""
        return self.total - self.kept - self.left_out


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """All steps in the order in which the line asked for them."""

    steps: tuple[PlannedStep, ...]
    finish_s: float
    """Foreseen wall time of the whole, on this machine's slots."""
    deliver: tuple[str, ...] = ()
    """Paths of the files that will be delivered."""
    deliver_bytes: int = 0
    """Foreseen size of these files together."""
    shared: Shared | None = None
    rows: PlannedRows | None = None
    """Where something is made for each row of a table."""
    row_steps: int = 0
    """So many of the last steps are those of the rows that were rehearsed."""

    @property
    def edges(self) -> frozenset[tuple[str, str]]:
        """Pairs (step, the step that it needs)."""
        return frozenset((step.name, need) for step in self.steps for need in step.needs)

    def count(self, state: State) -> int:
        """How many steps are in a state."""
        return sum(step.state == state for step in self.steps)
