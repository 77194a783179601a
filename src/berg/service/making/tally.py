"""What the steps of a run came to, counted as each unit ends. Memory stays flat, rows or not."""

from collections import Counter

from berg.engine.driver import Driver, counts
from berg.engine.promise import Running
from berg.schema.delivery import StepCounts, Totals
from berg.service.making.units import Unit
from berg.store import RunHandle

NOTED = 2000
"""Steps of rows that `berg show` knows of a run; those that failed are noted beyond it."""


class StepTally:
    """Counts steps and what they took, and notes them in the run's record: of rows, the first."""

    def __init__(self, record: RunHandle) -> None:
        self._record = record
        self._steps: Counter[str] = Counter()
        self._cpu_s = 0.0
        self._energy: dict[str, float] = {}
        self._noted = 0
        self._ran: set[str] = set()
        """Names of the rows' steps noted as run; as many at most as are noted."""

    def count(self, unit: Unit, driver: Driver) -> None:
        """Add a unit's steps, all of which have ended."""
        self._steps.update(counts(driver.steps))
        for step in driver.steps.values():
            if step.receipt is not None:
                node = step.receipt.node
                self._cpu_s += step.receipt.cpu_s
                self._energy[node] = self._energy.get(node, 0.0) + step.receipt.energy_wh
            if unit.row is None or self._is_worth_noting(step):
                self._record.note(step.name, step.key, step.ending or "waiting")

    def _is_worth_noting(self, step: Running) -> bool:
        if step.ending == "cached" and step.name in self._ran:
            return False  # rows share steps: what one of them made was made
        if step.ending == "ran" and self._noted < NOTED:
            self._ran.add(step.name)
        worth = self._noted < NOTED or (step.ending == "failed" and self._noted < 2 * NOTED)
        self._noted += worth
        return worth

    def steps(self) -> StepCounts:
        """How they ended."""
        return StepCounts(**{name: self._steps[name] for name in StepCounts.model_fields})

    def totals(self, wall_s: float) -> Totals:
        """What they took; `wall_s` of the whole run."""
        return Totals(
            wall_s=wall_s,
            cpu_s=round(self._cpu_s, 3),
            energy_wh={node: float(f"{wh:.1g}") for node, wh in self._energy.items()},
            method="tdp_estimate",
        )
