"""One run of a line: drive it, deliver what it made, and write down what it took."""

import asyncio
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from berg.compute.simulate import upward_ranks
from berg.delivery.folder import write_aside
from berg.delivery.page import write_page
from berg.delivery.write import write_document, write_files
from berg.engine.driver import Driver, counts
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.pins import pins
from berg.errors import BergError, CorruptObject, Interrupted, RequestError, StepError
from berg.lines.shown import sections_of
from berg.schema.delivery import Delivery, StepCounts, Totals
from berg.schema.events import FilesSigned, RunPlanned
from berg.schema.plan import Plan
from berg.service._dossiers import Dossiers
from berg.service._finished import finished_of, object_path_in
from berg.service._marking import Secrets, tell_of_producer
from berg.service._request import Prepared, Request
from berg.service._signals import first_cancels, restoring_signals
from berg.store import RunHandle

if TYPE_CHECKING:
    from berg.service._service import Service

LOOK_AHEAD_SHARE = 20
"""Time that must pass between rehearsals, in multiples of how long one takes: at most 5 %."""
REPAIRS = 3
"""Damaged objects that one delivery may have made again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What a run ended with."""

    run: str
    path: Path
    """The delivery's folder, or the document of the stage that it stopped at."""
    delivery: Delivery | None = None


class Run:
    """From the first step to the delivery."""

    def __init__(
        self,
        service: "Service",
        request: Request,
        prepared: Prepared,
        *,
        begun: float,
    ) -> None:
        self._service = service
        self._request = request
        self._prepared = prepared
        self._ledger = service.ledger()
        self._begun = begun
        self._ranks: dict[str, float] = {}
        self._rehearsed_at = self._rehearsal_s = 0.0
        self.id = f"r-{secrets.token_hex(4)}"

    def go(self) -> Made:
        """Run to the end.

        Raises:
            BergError: what failed first; Interrupted when the user stopped it.
        """
        service = self._service
        # begun before anything is looked up, so that no collection takes what is found
        record = service.store.begin_run(self.id, self._info())
        summary: dict[str, object] = {}
        try:
            with restoring_signals():
                plan = self._rehearse()
                summary["predicted_s"] = round(plan.finish_s, 3)
                summary["pulled_s"] = self._pull(plan)
                made = asyncio.run(self._make(record))
            if made.delivery is not None:
                summary |= made.delivery.model_dump(mode="json")
            else:
                summary["stage"] = self._request.until
            return made
        finally:
            record.finish({**summary, "wall_s": self._wall()})

    def _pull(self, plan: Plan) -> float:
        """Fetch weights that are missing; the seconds it took, which no forecast foresees."""
        begun = time.perf_counter()
        self._service.pull_missing(plan)
        return round(time.perf_counter() - begun, 3)

    async def _make(self, record: RunHandle) -> Made:
        service = self._service
        engine = LocalEngine(
            service.store, slots=service.node.cores, memory_bytes=service.node.memory_bytes
        )
        maker = Maker(
            self._ledger,
            engine,
            service.observer,
            run=self.id,
            rank=lambda name: self._ranks.get(name, 0.0),
            secret=Secrets(service.keys),
        )
        driver = Driver(self._ledger, maker, until=self._request.until, on_branch=self._look_ahead)
        try:
            await self._drive(driver)
            if driver.stage_document is not None:
                return Made(run=self.id, path=self._write_stage(driver.stage_document))
            delivery = await self._deliver(driver)
            return Made(run=self.id, path=self._prepared.folder, delivery=delivery)
        finally:
            await engine.close()
            for step in driver.steps.values():
                record.note(step.name, step.key, step.ending or "waiting")

    def _info(self) -> dict[str, object]:
        return {
            "brief": str(self._request.brief.resolve()),
            "title": self._prepared.brief.title,
        }

    def _wall(self) -> float:
        return round(time.perf_counter() - self._begun, 3)

    async def _drive(self, driver: Driver) -> None:
        """Let the line run; Ctrl-C and SIGTERM stop it in good order."""
        work = asyncio.create_task(driver.run(self._prepared.line))
        try:
            with first_cancels(work):
                await work
        except RequestError as error:  # found by a step, so something was started
            raise StepError(error.message, where=error.where) from error
        except asyncio.CancelledError:
            driver.cancel()
            raise Interrupted(
                "stopped; what was finished is kept, and the same command goes on from there"
            ) from None

    def _look_ahead(self) -> None:
        """Foresee the line again after a branch, unless that would cost more than it is worth:
        a line that awaits a hundred posters branches a hundred times."""
        now = time.perf_counter()
        if now - self._rehearsed_at >= LOOK_AHEAD_SHARE * self._rehearsal_s:
            with suppress(BergError):  # what is foreseen to fail is told when it fails
                self._rehearse()

    def _rehearse(self) -> Plan:
        """Foresee the line."""
        begun = time.perf_counter()
        plan = self._service.rehearse(self._ledger, self._prepared.line, until=self._request.until)
        self._ranks = upward_ranks(plan.steps)
        self._service.observer.event(RunPlanned.of(plan))
        self._rehearsed_at = time.perf_counter()
        self._rehearsal_s = self._rehearsed_at - begun
        return plan

    def _write_stage(self, document: object) -> Path:
        stage = self._prepared.kinds.stage(self._request.until or "")
        folder = self._prepared.folder
        folder.mkdir(parents=True, exist_ok=True)
        data = stage.write(document, self._prepared.brief).encode()
        target = folder / f"{stage.name}.yaml"
        if target.is_file() and target.read_bytes() != data:
            self._service.notice(f"{target} was edited and is kept; this is a fresh one")
            target = folder / f"{stage.name}.new.yaml"
        return write_aside(target, data)

    async def _deliver(self, driver: Driver) -> Delivery:
        service = self._service
        dossiers = Dossiers(self._prepared.brief, service.store, service.weights)
        finished = finished_of(driver.promised, dossiers)
        tell_of_producer((item.dossier for item in finished), service.notice)
        finisher = service.finisher()
        folder = self._prepared.folder
        for attempt in range(REPAIRS + 1):
            try:
                files = write_files(
                    finished,
                    folder,
                    object_path=object_path_in(service.store),
                    finisher=finisher,
                    progress=lambda done, total: service.observer.event(
                        FilesSigned(done=done, total=total)
                    ),
                )
                break
            except CorruptObject as error:
                if attempt == REPAIRS or error.where is None:
                    raise
                self._service.notice(f"{error.message}; making it again")
                await driver.remake(error.where)
        delivery = Delivery(
            run=self.id,
            steps=StepCounts(**counts(driver.steps)),
            wall_s=self._wall(),
            deliverables=files,
            receipt=self._totals(driver),
        )
        brief = self._prepared.brief
        write_page(delivery, brief, folder, sections_of(self._prepared.kinds, brief, files))
        write_document(delivery, folder)
        keys = [step.key for step in pins(driver.steps.values(), driver.promised)]
        self._service.store.delivered(str(folder.resolve()), self.id, keys=keys)
        return delivery

    def _totals(self, driver: Driver) -> Totals:
        receipts = [step.receipt for step in driver.steps.values() if step.receipt is not None]
        energy: dict[str, float] = {}
        for receipt in receipts:
            energy[receipt.node] = energy.get(receipt.node, 0.0) + receipt.energy_wh
        return Totals(
            wall_s=self._wall(),
            cpu_s=round(sum(receipt.cpu_s for receipt in receipts), 3),
            energy_wh={node: float(f"{value:.1g}") for node, value in energy.items()},
            method="tdp_estimate",
        )
