"""What a job holds of the machine while it runs: processors, memory, and for some a session.

Leased from the home, so that several runs share one machine: nobody loads a model twice, and
nobody fills the memory.
"""

import time
from dataclasses import dataclass

from berg.engine.interface import JobSpec
from berg.schema.needs import Session
from berg.store import Lease, Store
from berg.units import MIB

MEMORY_UNIT = 64 * MIB
"""Granularity of the memory budget."""
PASS_ON_S = 0.25
"""How long one seat may pass its leases from job to job before other runs get their turn."""


@dataclass(frozen=True, slots=True)
class Held:
    """Leases held together."""

    leases: tuple[Lease, ...]
    amounts: tuple[int, ...]
    """Units of each resource, in the order in which they were asked for."""
    since: float

    def release(self) -> None:
        """Give all back."""
        for lease in self.leases:
            lease.release()


class Leases:
    """Takes leases for jobs and sessions; never waits.

    A job larger than the budget takes all of it (or all that its session leaves): it runs alone.
    """

    def __init__(self, store: Store, *, slots: int, memory_bytes: int) -> None:
        self._store = store
        self._slots = slots
        self._units = max(2, memory_bytes // MEMORY_UNIT)

    def for_job(self, spec: JobSpec, held: Held | None) -> Held | None:
        """Processors and memory; what the job before held is passed on where it fits."""
        needs = spec.needs
        left = self._units - (self._session_units(needs.session) if needs.session else 0)
        processors = min(needs.processors, self._slots)
        units = min(_units(needs.memory_bytes), left)
        if held is not None:
            fits = held.amounts == (processors, units)
            if fits and time.monotonic() - held.since < PASS_ON_S:
                return held
            held.release()
        return self._all(("cpu", processors, self._slots), ("memory", units, self._units))

    def for_session(self, session: Session) -> Held | None:
        """The one place for this very session, and its memory."""
        units = self._session_units(session)
        return self._all((f"session/{session.name}", 1, 1), ("memory", units, self._units))

    def _session_units(self, session: Session) -> int:
        """At most all but one, which is for the job beside it."""
        return min(_units(session.memory_bytes), self._units - 1)

    def _all(self, *wanted: tuple[str, int, int]) -> Held | None:
        got: list[Lease] = []
        for resource, count, capacity in wanted:
            lease = self._store.lease(resource, count, capacity) if count else None
            if lease is not None:
                got.append(lease)
            elif count:
                for earlier in got:
                    earlier.release()
                return None
        amounts = tuple(count for _, count, _ in wanted)
        return Held(tuple(got), amounts, time.monotonic())


def _units(size: int) -> int:
    return -(-size // MEMORY_UNIT)
