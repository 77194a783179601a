"""A run that makes something for each row of a table, however many there are.

Memory is flat in the number of rows: they are read as a stream, made some at a time, and written
down in `delivery.jsonl` as they are delivered. A killed run goes on after what stands there.
"""

import asyncio
import secrets
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from berg.delivery.journal import Journal
from berg.engine.driver import Driver
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.pins import pins
from berg.errors import CorruptObject, Interrupted, RequestError, StepError
from berg.schema.delivery import Delivery
from berg.schema.events import Event, RowsCounted, RunNoticed, StepProgress
from berg.schema.plan import PlannedRows
from berg.service._marking import Secrets
from berg.service._request import Prepared, Request
from berg.service._rows_book import Book
from berg.service._rows_end import Ending, Plain
from berg.service._rows_making import REPAIRS, Making
from berg.service._rows_plan import RowPlanner
from berg.service._rows_report import Report
from berg.service._rows_sort import Sorter, Todo
from berg.service._rows_tally import Tally
from berg.service._rows_write import Writer
from berg.service._run import Made
from berg.service._signals import first_cancels, restoring_signals
from berg.store import RunHandle

if TYPE_CHECKING:
    from berg.service._service import Service

FORESEEN_FROM = 8
"""Rows that are rehearsed before a run, to say how long it will take."""


class RowsRun:
    """From the tables' first rows to the delivery."""

    def __init__(
        self, service: "Service", request: Request, prepared: Prepared, *, begun: float
    ) -> None:
        self._service, self._request, self._prepared = service, request, prepared
        self._begun = begun
        self._folder = prepared.folder
        self._planned: PlannedRows | None = None
        self._started = 0.0
        self._made = 0
        self.id = f"r-{secrets.token_hex(4)}"

    def go(self) -> Made:
        """Run to the end. What is wrong with rows is in the delivery's counts and report.

        Raises:
            BergError: what stopped the whole run; Interrupted when the user did.
        """
        store = self._service.store
        record = store.begin_run(self.id, self._info())
        scratch = store.scratch()
        summary: dict[str, object] = {}
        try:
            with restoring_signals():
                delivery = self._run(record, scratch)
            summary |= delivery.model_dump(mode="json")
            summary["predicted_s"] = self._planned.seconds if self._planned else 0.0
            return Made(run=self.id, path=self._folder, delivery=delivery)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            record.finish({**summary, "wall_s": self._wall()})

    def _run(self, record: RunHandle, scratch: Path) -> Delivery:
        self._folder.mkdir(parents=True, exist_ok=True)
        book, journal, report = Book(scratch), Journal(self._folder), Report(self._folder)
        try:
            book.learn(journal.entries())
            self._sorter = Sorter(self._prepared.each, book, report, self._folder)
            self._report = report
            self._foresee()
            writer = Writer(
                self._service, self._prepared.brief, run=self.id, journal=journal, book=book
            )
            tally = Tally(record)
            plain = asyncio.run(self._make(tally, writer))
            ending = Ending(
                service=self._service,
                prepared=self._prepared,
                run=self.id,
                book=book,
                journal=journal,
                report=report,
                sorter=self._sorter,
                writer=writer,
            )
            return ending.finish(plain, made=self._made, tally=tally, wall_s=self._wall())
        finally:
            report.drop()
            book.close()

    def _info(self) -> dict[str, object]:
        return {
            "brief": str(self._request.brief.resolve()),
            "title": self._prepared.brief.title,
        }

    def _wall(self) -> float:
        return round(time.perf_counter() - self._begun, 3)

    def _foresee(self) -> None:
        """Count the rows, rehearse some, and fetch what they will need."""
        planner = RowPlanner(self._service, self._prepared.each)
        survey = planner.glance(FORESEEN_FROM)
        plan = planner.plan(survey)
        self._planned = plan.rows
        self._sorter.fits(planner.files_of_a_row)
        self._service.pull_missing(plan)
        self._started = time.perf_counter()
        self._tell()

    async def _make(self, tally: Tally, writer: Writer) -> Plain:
        service = self._service
        engine = LocalEngine(
            service.store, slots=service.node.cores, memory_bytes=service.node.memory_bytes
        )
        making = Making(
            engine,
            _Relay(self),
            writer,
            ledger=service.ledger,
            run=self.id,
            secret=Secrets(service.keys),
            ended=tally.count,
            failed=self._left_out,
            written=self._written,
        )
        work = asyncio.create_task(self._work(engine, making, writer, tally))
        try:
            with first_cancels(work):
                return await work
        except asyncio.CancelledError:
            raise Interrupted(
                "stopped; what was finished is kept, and the same command goes on from there"
            ) from None
        finally:
            await engine.close()

    async def _work(
        self, engine: LocalEngine, making: Making, writer: Writer, tally: Tally
    ) -> Plain:
        plain = await self._plain(engine, writer, tally)
        try:
            for todo in self._sorter.wanted():
                if todo is None:
                    self._tell()
                    await asyncio.sleep(0)
                else:
                    await making.add(todo)
            await making.finish()
        except BaseException:
            await making.stop()
            raise
        return plain

    async def _plain(self, engine: LocalEngine, writer: Writer, tally: Tally) -> Plain:
        """What the brief asks for besides, made first and as ever."""
        service, ledger = self._service, self._service.ledger()
        maker = Maker(
            ledger,
            engine,
            service.observer,
            run=self.id,
            rank=lambda name: 0.0,
            secret=Secrets(service.keys),
        )
        driver = Driver(ledger, maker)
        try:
            await driver.run(self._prepared.line)
            kept = pins(driver.steps.values(), driver.promised)
            keys = tuple(step.key for step in kept)
            for attempt in range(REPAIRS + 1):
                try:
                    files = await asyncio.to_thread(writer.files, driver.promised)
                    return Plain(files=files, keys=keys)
                except CorruptObject as error:
                    if attempt == REPAIRS or error.where is None:
                        raise
                    await driver.remake(error.where)
        except RequestError as error:
            raise StepError(error.message, where=error.where) from error
        except asyncio.CancelledError:
            driver.cancel()
            raise
        finally:
            tally.count(driver)
        raise AssertionError

    def _left_out(self, todo: Todo, problem: str) -> None:
        self._report.add(todo.each.name, todo.row.number, todo.row.id, problem)

    def _written(self, rows: int) -> None:
        self._made += rows
        self._tell()

    def _tell(self) -> None:
        if self._planned is None:
            return
        total, sorter = self._planned.total, self._sorter
        done = self._made + sorter.kept + self._report.left_out
        self._service.observer.event(
            RowsCounted(
                total=total,
                made=self._made,
                kept=sorter.kept,
                left_out=self._report.left_out,
                left_s=self._left_s(total - done),
            )
        )

    def _left_s(self, rows: int) -> float:
        """By the pace so far, and by the plan before there is one."""
        planned = self._planned
        if self._made:
            return rows * (time.perf_counter() - self._started) / self._made
        return rows * planned.seconds / planned.wanted if planned and planned.wanted else 0.0


class _Relay:
    """Of single steps nothing is shown: there are too many. They are a sign of life."""

    def __init__(self, run: RowsRun) -> None:
        self._owner = run

    def event(self, event: Event) -> None:
        """The time left is told again; what people should know is passed on."""
        if isinstance(event, StepProgress):
            self._owner._tell()
        elif isinstance(event, RunNoticed):
            self._owner._service.observer.event(event)
