"""One run: its units made and delivered, and at its end written down what it came to."""

import asyncio
import os
import secrets
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from berg.delivery.aside import write_aside
from berg.delivery.folder import alone
from berg.delivery.page import write_page
from berg.delivery.write import write_document
from berg.engine.interface import Engine
from berg.engine.ledger import Ledger
from berg.engine.maker import Maker
from berg.engine.observer import Observer, noticing
from berg.lines.shown import sections_of
from berg.schema.delivery import Delivery
from berg.schema.events import RunDelivered, RunEnded, RunPlanned, RunStarted
from berg.schema.plan import Plan
from berg.schema.step import Out
from berg.service._event_log import EventLog, log_of
from berg.service._marking import StepSecrets
from berg.service._parts import OpenHome
from berg.service._request import Prepared, Request
from berg.service._threads import FromAnyThread, aside, to_its_end
from berg.service.making.delivering import Delivering
from berg.service.making.driving import Driving
from berg.service.making.foresight import Foresight
from berg.service.making.rows import Rows
from berg.service.making.tally import StepTally
from berg.service.making.units import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What a run ended with."""

    run: str
    path: Path
    """The delivery's folder, or the document of the stage that it stopped at."""
    delivery: Delivery | None = None


class Run:
    """From the first step to the delivery. One object for one run, in one loop."""

    def __init__(
        self,
        parts: OpenHome,
        engine: Engine,
        request: Request,
        prepared: Prepared,
        observer: Observer,
        *,
        begun: float,
    ) -> None:
        """`observer` hears in the running loop's thread. `begun` is the moment of the request,
        by `time.perf_counter`."""
        self.id = f"r-{secrets.token_hex(4)}"
        self._parts, self._engine, self._begun = parts, engine, begun
        self._request, self._prepared = request, prepared
        later = asyncio.get_running_loop().call_later
        self._log = EventLog(log_of(parts.store.home, self.id), observer, later)
        self._observer = FromAnyThread(self._log)
        self._notice = noticing(self._observer)
        self._secret = StepSecrets(parts.keys)
        self._under_way: dict[str, asyncio.Event] = {}
        self._rows: Rows | None = None
        self._summary: dict[str, object] = {}

    async def go(self) -> Made:
        """Run to the end. What is wrong with rows is in the delivery's counts and report.

        Raises:
            BergError: what stopped the run; what was finished is kept.
            CancelledError: whoever waited for it did; the same is kept.
        """
        brief = self._prepared.brief
        info = {"brief": _said(self._request.brief.resolve()), "title": brief.title}
        # begun before anything is looked up, so that no collection takes what is found
        record = self._parts.store.begin_run(self.id, info)
        self._tally = StepTally(record)
        how, message = "failed", None
        self._log.open()
        self._observer.event(RunStarted(run=self.id, slots=self._parts.node.cores, **info))
        try:
            made = await self._make()
            how = "stage" if made.delivery is None else "delivered"
            return made
        except asyncio.CancelledError:
            how = "stopped"
            raise
        except Exception as error:
            message = str(error)
            raise
        finally:
            wall_s = self._wall()
            steps = self._tally.steps().model_dump()
            ended = RunEnded(how=how, wall_s=wall_s, message=message, **steps)
            self._observer.event(ended)
            self._log.close()  # before it is over: whoever follows sees its end
            record.finish({**self._summary, "wall_s": wall_s, "ended": ended.model_dump()})

    async def _make(self) -> Made:
        if not self._prepared.each:
            return await self._make_units(None)
        with Rows(self._parts, self._prepared, run=self.id) as self._rows:
            return await self._make_units(self._rows)

    async def _make_units(self, rows: Rows | None) -> Made:
        brief, folder = self._prepared.brief, self._prepared.folder
        driving = Driving(
            ledgers=partial(self._parts.ledger, run=self.id),
            makers=self._maker,
            delivering=Delivering(self._parts, brief, folder, notice=self._notice),
            tally=self._tally,
            observer=self._observer,
            rows=rows,
        )
        try:
            await self._drive(driving, rows)
        except BaseException:
            await driving.stop()
            raise
        if driving.stage is not None:
            self._summary["stage"] = self._request.until
            return Made(run=self.id, path=self._write_stage(driving.stage))
        delivery = await to_its_end(partial(self._end, driving, rows))
        self._summary |= delivery.model_dump(mode="json")
        self._tell_of(delivery)
        return Made(run=self.id, path=folder, delivery=delivery)

    async def _drive(self, driving: Driving, rows: Rows | None) -> None:
        """First what is made once; then each row."""
        foresight = Foresight(
            self._parts,
            driving.ledger,
            self._prepared.line,
            until=self._request.until,
            told=self._tell_of_plan,
        )
        await self._foresee(foresight, rows)
        whole = Unit(
            line=lambda: self._prepared.line,
            rank=foresight.rank,
            until=self._request.until,
            on_branch=foresight.look_again,
        )
        try:
            await driving.add(whole)
            await driving.finish()
        finally:
            foresight.close()
        if rows is not None:
            await self._drive_rows(driving, rows)

    async def _drive_rows(self, driving: Driving, rows: Rows) -> None:
        self._tell_of_rows()
        for unit in rows.units():
            if unit is None:
                self._tell_of_rows()
                await asyncio.sleep(0)
            else:
                await driving.add(unit)
        await driving.finish()

    async def _foresee(self, foresight: Foresight, rows: Rows | None) -> None:
        """Say how long it should take, and fetch the weights that are missing: the seconds that
        that takes, no forecast foresees."""
        plans: list[Plan] = [await foresight.look()]
        if rows is not None:
            plans.append(await aside(rows.foresee))
        self._summary["predicted_s"] = round(sum(plan.finish_s for plan in plans), 3)
        begun = time.perf_counter()
        for plan in plans:
            await aside(partial(self._parts.pull_missing, plan, self._notice))
        self._summary["pulled_s"] = round(time.perf_counter() - begun, 3)

    def _tell_of_plan(self, plan: Plan) -> None:
        if plan.steps or not self._prepared.each:
            self._observer.event(RunPlanned.of(plan))

    def _tell_of_rows(self) -> None:
        if self._rows is not None:
            self._observer.event(self._rows.counted())

    def _maker(self, ledger: Ledger, unit: Unit) -> Maker:
        return Maker(
            ledger,
            self._engine,
            unit.telling(self._observer, alive=self._tell_of_rows),
            run=self.id,
            rank=unit.rank,
            secret=self._secret,
            making=self._under_way,
        )

    def _end(self, driving: Driving, rows: Rows | None) -> Delivery:
        """Write down what the folder has, the document last, while no other run delivers there:
        it would clear away what is half written. In a thread. Raises StoreError."""
        with alone(self._prepared.folder):
            return self._write_down(driving, rows)

    def _write_down(self, driving: Driving, rows: Rows | None) -> Delivery:
        delivery = Delivery(
            run=self.id,
            steps=self._tally.steps(),
            wall_s=self._wall(),
            deliverables=driving.files,
            receipt=self._tally.totals(self._wall()),
        )
        if rows is not None:
            return rows.end(delivery, driving.keys)
        folder, brief = self._prepared.folder, self._prepared.brief
        sections = sections_of(self._prepared.kinds, brief, driving.files)
        write_page(delivery, brief, folder, sections)
        write_document(delivery, folder)
        self._parts.store.delivered(str(folder.resolve()), self.id, keys=driving.keys)
        return delivery

    def _tell_of(self, delivery: Delivery) -> None:
        if delivery.rows is not None and delivery.rows.gone:
            self._notice(
                f"{delivery.rows.gone:,} rows of earlier runs are not in the table any more; their"
                " files stay, and the report names them"
            )
        files = len(delivery.deliverables) if delivery.count is None else delivery.count
        self._observer.event(RunDelivered(folder=str(self._prepared.folder), files=files))

    def _wall(self) -> float:
        return round(time.perf_counter() - self._begun, 3)

    def _write_stage(self, document: Out) -> Path:
        stage = self._prepared.kinds.stage(self._request.until or "")
        folder = self._prepared.folder
        folder.mkdir(parents=True, exist_ok=True)
        data = stage.write(document, self._prepared.brief).encode()
        target = folder / f"{stage.name}.yaml"
        if target.is_file() and target.read_bytes() != data:
            self._notice(f"{target} was edited and is kept; this is a fresh one")
            target = folder / f"{stage.name}.new.yaml"
        return write_aside(target, data)


def _said(path: Path) -> str:
    """A path in text, also one whose name is no text."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
