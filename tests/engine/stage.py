"""A small stage for lines: a store, an engine and a driver, as the service wires them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from berg.compute.predict import Predictor
from berg.engine.driver import Driver
from berg.engine.ledger import Ledger
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.rehearsal import Line, Rehearsal
from berg.errors import BergError
from berg.schema.events import (
    Event,
    RunNoticed,
    StepCached,
    StepMade,
    StepRepaired,
    StepStarted,
    StepWaiting,
)
from berg.store import Store
from berg.units import GIB


class Notes:
    """Remembers what was noticed, and in which order steps began and ended."""

    def __init__(self) -> None:
        self.notices: list[str] = []
        self.order: list[tuple[str, str]] = []

    def event(self, event: Event) -> None:
        match event:
            case StepStarted():
                self.order.append(("begun", event.name))
            case StepMade():
                self.order.append(("done", event.name))
            case StepCached():
                self.order += [("done", name) for name in event.names]
            case RunNoticed() | StepRepaired():
                self.notices.append(event.message)
            case StepWaiting(on="machine"):
                self.notices.append("other runs hold the machine")
            case _:
                pass


@dataclass
class Ended:
    """How a run ended."""

    driver: Driver
    error: BergError | None
    notices: list[str]
    order: list[tuple[str, str]]
    """What began and what was done, in order."""

    def state(self, name: str) -> str | None:
        return self.driver.steps[name].ending

    def names(self, state: str) -> set[str]:
        return {name for name, step in self.driver.steps.items() if step.ending == state}


async def _nothing() -> None:
    pass


def _no_secret(name: str) -> bytes:
    raise AssertionError(f"no test gave {name}")


def perform(
    home: Path,
    line: Line,
    *,
    slots: int = 2,
    memory_bytes: int = GIB,
    secret: Callable[[str], bytes] = _no_secret,
    beside: Callable[[], Awaitable[None]] = _nothing,
) -> Ended:
    """Run a line for real; something else may go on beside it."""

    async def go() -> Ended:
        store = Store(home)
        notes = Notes()
        engine = LocalEngine(store, slots=slots, memory_bytes=memory_bytes)
        known = ledger(store)
        maker = Maker(known, engine, notes, run="r-test", rank=lambda name: 0.0, secret=secret)
        driver = Driver(known, maker)
        try:
            await asyncio.gather(driver.run(line), beside())
            return Ended(driver, None, notes.notices, notes.order)
        except BergError as error:
            return Ended(driver, error, notes.notices, notes.order)
        finally:
            await engine.close()

    return asyncio.run(go())


def rehearse(home: Path, line: Line) -> Rehearsal:
    """Rehearse a line."""
    rehearsal = Rehearsal(ledger(Store(home)), Predictor(lambda capability, limit: []))
    rehearsal.run(line)
    return rehearsal


def ledger(store: Store) -> Ledger:
    """A ledger that knows no weights."""
    return Ledger(store, weight_digest=lambda name: name)
