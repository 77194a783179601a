"""An engine that answers at once: some steps with what a test says, others really done, inline."""

import asyncio
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from berg.compute.predict import Predictor
from berg.engine.driver import Driver
from berg.engine.interface import Engine, JobSpec, Result
from berg.engine.ledger import Ledger
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.observer import Silent
from berg.engine.rehearsal import Line, Rehearsal
from berg.engine.secrets import Secrets
from berg.engine.worker import Desk
from berg.home import default_home
from berg.provenance.keys import KeyRing
from berg.schema.receipt import Receipt
from berg.schema.step import Out
from berg.service._marking import StepSecrets
from berg.store import Store
from berg.units import GIB
from berg.weights import Weights

Answer = Callable[[JobSpec, Store], Out | None]
"""What a job gives; None for doing the work."""
RECEIPT = Receipt(wall_s=0.0, cpu_s=0.0, peak_bytes=0, amount=0.0, unit="", energy_wh=0.0)


class InlineEngine:
    """The `Engine` contract without processes."""

    def __init__(self, store: Store, answer: Answer) -> None:
        self._store = store
        self._answer = answer

    def submit(self, spec: JobSpec, secrets: Secrets | None = None) -> "InlineJob":
        out = self._answer(spec, self._store)
        data = out.model_dump(mode="json") if out is not None else self._done(spec, secrets or {})
        return InlineJob(Result(out=data, receipt=RECEIPT))

    def _done(self, spec: JobSpec, secrets: Secrets) -> Any:
        """Done by a worker's own desk, in this process."""
        said = io.StringIO()
        Desk(self._store.home, said).serve(spec.to_message(), lambda job: secrets)
        reply = json.loads(said.getvalue().splitlines()[-1])
        assert "out" in reply, reply
        return reply["out"]

    async def close(self) -> None:
        pass


class InlineJob:
    """A job that has ended before it was asked about."""

    def __init__(self, result: Result) -> None:
        self._result = result

    async def events(self) -> Any:
        for event in ():
            yield event

    async def result(self) -> Result:
        await asyncio.sleep(0)
        return self._result

    def cancel(self) -> None:
        pass


@dataclass(frozen=True)
class Walked:
    """A line that was run: its driver, and what ran."""

    driver: Driver

    @property
    def names(self) -> set[str]:
        return set(self.driver.steps)

    @property
    def edges(self) -> set[tuple[str, str]]:
        steps = self.driver.steps.values()
        return {(step.name, need.name) for step in steps for need in step.needs}

    @property
    def ran(self) -> set[str]:
        return {name for name, step in self.driver.steps.items() if step.ending == "ran"}

    @property
    def delivered(self) -> list[str]:
        return [promised.path for promised in self.driver.promised]


def walk(home: Path, line: Line, answer: Answer | None) -> Walked:
    """Run a line with the double behind it, or without an answer the local engine.

    Watermarks take the home's keys, if it has any.
    """

    async def go() -> Walked:
        with Store(home) as store:
            ledger = _ledger(store)
            engine: Engine = (
                InlineEngine(store, answer)
                if answer is not None
                else LocalEngine(store, slots=2, memory_bytes=GIB)
            )
            secret = StepSecrets(KeyRing.open(home / "keys"))
            maker = Maker(
                ledger, engine, Silent(), run="r-test", rank=lambda name: 0.0, secret=secret
            )
            driver = Driver(ledger, maker)
            try:
                await driver.run(line)
            finally:
                await engine.close()
            return Walked(driver)

    return asyncio.run(go())


def rehearse(home: Path, line: Line) -> Rehearsal:
    """Rehearse a line."""
    with Store(home) as store:
        rehearsal = Rehearsal(_ledger(store), Predictor(lambda capability, limit: []))
        rehearsal.run(line)
        return rehearsal


def small_home(folder: Path) -> Path:
    """A home with this machine's weights."""
    folder.mkdir(parents=True)
    (folder / "weights").symlink_to(default_home() / "weights")
    return folder


def _ledger(store: Store) -> Ledger:
    return Ledger(store, weight_digest=Weights(store.home).digest)
