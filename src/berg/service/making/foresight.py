"""Foresight: what a run expects of its line, and by that how urgent each step is."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from berg.compute.simulate import upward_ranks
from berg.engine.ledger import Ledger
from berg.engine.rehearsal import Line
from berg.errors import BergError
from berg.schema.plan import Plan
from berg.service._parts import OpenHome
from berg.service._threads import aside

LOOK_AHEAD_SHARE = 20
"""Time that must pass between rehearsals, in multiples of how long one takes: at most 5 %."""
AT_ONCE_S = 0.1
"""A rehearsal that takes longer is done in a thread, and its ranks come when they come."""


class Foresight:
    """Rehearses one line: at the start, and again after its branches."""

    def __init__(
        self,
        parts: OpenHome,
        ledger: Ledger,
        line: Line,
        *,
        until: str | None,
        told: Callable[[Plan], None],
    ) -> None:
        """`ledger` remembers what is found; `told` hears of every plan, in the loop's thread."""
        self._parts, self._ledger, self._line = parts, ledger, line
        self._until, self._told = until, told
        self._ranks: dict[str, float] = {}
        self._at = self._took_s = 0.0
        self._looking: asyncio.Task[None] | None = None

    def rank(self, name: str) -> float:
        """Foreseen seconds from a step's start to the end of the chain that hangs on it."""
        return self._ranks.get(name, 0.0)

    async def look(self) -> Plan:
        """Foresee the line, before anything else is looked up. Raises BergError."""
        plan = await aside(lambda: self._rehearse(self._ledger))
        self._learn(plan)
        return plan

    def look_again(self) -> None:
        """After a branch, unless that would cost more than it is worth: a line that awaits a
        hundred posters branches a hundred times."""
        if self._looking or time.perf_counter() - self._at < LOOK_AHEAD_SHARE * self._took_s:
            return
        if self._took_s > AT_ONCE_S:
            self._looking = asyncio.create_task(self._look_later())
            return
        with suppress(BergError):  # what is foreseen to fail is told when it fails
            self._learn(self._rehearse(self._ledger))

    async def _look_later(self) -> None:
        with suppress(BergError):
            self._learn(await aside(lambda: self._rehearse(self._ledger.anew())))
        self._looking = None

    def close(self) -> None:
        """Nobody wants to know any more."""
        if self._looking is not None:
            self._looking.cancel()

    def _rehearse(self, ledger: Ledger) -> Plan:
        begun = time.perf_counter()
        plan = self._parts.rehearse(ledger, self._line, until=self._until)
        self._at = time.perf_counter()
        self._took_s = self._at - begun
        return plan

    def _learn(self, plan: Plan) -> None:
        self._ranks = upward_ranks(plan.steps)
        self._told(plan)
