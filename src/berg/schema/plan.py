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
    """The runtime that it wants resident."""
    weights: tuple[str, ...] = ()
    """Catalogue names of the weights that it opens."""


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

    @property
    def edges(self) -> frozenset[tuple[str, str]]:
        """Pairs (step, the step that it needs)."""
        return frozenset((step.name, need) for step in self.steps for need in step.needs)

    def count(self, state: State) -> int:
        """How many steps are in a state."""
        return sum(step.state == state for step in self.steps)
