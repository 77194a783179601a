"""A run that makes something for each row of a table, however many there are.

Memory is flat in the number of rows: they are read as a stream, made some at a time, and written
down in `delivery.jsonl` as they are delivered. A killed run goes on after what stands there.
"""

import asyncio
import secrets
import shutil
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from berg.delivery.journal import LISTING, Journal
from berg.delivery.page import write_page
from berg.delivery.write import previous, write_index
from berg.engine.driver import Driver, counts
from berg.engine.local import LocalEngine
from berg.engine.maker import Maker
from berg.engine.observer import RowProgress, Silent
from berg.errors import CorruptObject, Interrupted, RequestError, StepError
from berg.schema.delivery import Deliverable, Delivery, RowCounts, StepCounts, Totals
from berg.schema.plan import PlannedRows
from berg.service._marking import Secrets
from berg.service._request import Prepared, Request
from berg.service._rows_book import Book
from berg.service._rows_making import REPAIRS, Making
from berg.service._rows_plan import RowPlanner
from berg.service._rows_report import Report
from berg.service._rows_sort import Sorter, Todo, is_there
from berg.service._rows_write import Writer
from berg.service._run import Made
from berg.service._signals import first_cancels, restoring_signals
from berg.store import RunHandle

if TYPE_CHECKING:
    from berg.service._service import Service

SAMPLES = 12
"""Rows that the page shows."""
NOTED = 2000
"""Steps that `berg show` knows of a run; those that failed are noted beyond it."""
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
        self._steps: Counter[str] = Counter()
        self._cpu_s = 0.0
        self._energy: dict[str, float] = {}
        self._noted = 0
        self._ran: set[str] = set()
        """Names of the steps noted as run; as many at most as are noted."""
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
            plain = asyncio.run(self._make(record, writer))
            return self._finish(book, journal, report, writer, plain)
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

    async def _make(self, record: RunHandle, writer: Writer) -> tuple[Deliverable, ...]:
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
            ended=lambda driver: self._count(driver, record),
            failed=self._left_out,
            written=self._written,
        )
        work = asyncio.create_task(self._work(engine, making, writer, record))
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
        self, engine: LocalEngine, making: Making, writer: Writer, record: RunHandle
    ) -> tuple[Deliverable, ...]:
        plain = await self._plain(engine, writer, record)
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

    async def _plain(
        self, engine: LocalEngine, writer: Writer, record: RunHandle
    ) -> tuple[Deliverable, ...]:
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
            self._plain_keys = [step.key for step in driver.steps.values()]
            for attempt in range(REPAIRS + 1):
                try:
                    return await asyncio.to_thread(writer.files, driver.promised)
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
            self._count(driver, record)
        raise AssertionError

    def _count(self, driver: Driver, record: RunHandle) -> None:
        """What a driver's steps came to."""
        self._steps.update(counts(driver.steps))
        for step in driver.steps.values():
            if step.receipt is not None:
                self._cpu_s += step.receipt.cpu_s
                node, energy = step.receipt.node, self._energy
                energy[node] = energy.get(node, 0.0) + step.receipt.energy_wh
            if step.ending == "cached" and step.name in self._ran:
                continue  # rows share steps: what one of them made was made
            if step.ending == "ran" and self._noted < NOTED:
                self._ran.add(step.name)
            if self._noted < NOTED or (step.ending == "failed" and self._noted < 2 * NOTED):
                self._noted += 1
                record.note(step.name, step.key, step.ending or "waiting")

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
        self._service.observer.rows(
            RowProgress(
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

    def _finish(
        self,
        book: Book,
        journal: Journal,
        report: Report,
        writer: Writer,
        plain: tuple[Deliverable, ...],
    ) -> Delivery:
        gone, deleted = 0, []
        for entry in book.gone():
            if not is_there(self._folder, entry.paths):
                deleted.append(entry)
                continue
            gone += 1
            report.gone(entry.ask, entry.number, entry.row, entry.paths[0] if entry.paths else "")
        book.forget(deleted)
        before = previous(self._folder)
        if self._made or deleted or journal.untidy or before or plain or not journal.path.exists():
            places = ((entry.offset, entry.length) for entry in book.in_order())
            journal.rewrite(plain, places)
        delivery = Delivery(
            run=self.id,
            steps=StepCounts(**{name: self._steps[name] for name in StepCounts.model_fields}),
            wall_s=self._wall(),
            deliverables=(),
            receipt=Totals(
                wall_s=self._wall(),
                cpu_s=round(self._cpu_s, 3),
                energy_wh={node: float(f"{wh:.1g}") for node, wh in self._energy.items()},
                method="tdp_estimate",
            ),
            listed=LISTING,
            count=book.files() + len(plain),
            rows=RowCounts(
                total=self._sorter.seen,
                made=self._made,
                kept=self._sorter.kept,
                left_out=report.left_out,
                gone=gone,
                report=report.finish(),
            ),
        )
        shown = (*plain, *self._samples(journal))
        write_page(
            delivery.model_copy(update={"deliverables": shown}), self._prepared.brief, self._folder
        )
        write_index(delivery, plain, before, self._folder)
        self._keep(writer)
        if gone:
            self._service.observer.noticed(
                f"{gone:,} rows of earlier runs are not in the table any more; their files stay,"
                " and the report names them"
            )
        return delivery

    def _samples(self, journal: Journal) -> list[Deliverable]:
        """The files of the first rows."""
        found: list[Deliverable] = []
        for count, entry in enumerate(Journal(self._folder).look(), start=1):
            found += journal.read(entry.offset, entry.length)
            if count == SAMPLES:
                break
        return found

    def _keep(self, writer: Writer) -> None:
        """What the folder needs besides what its rows need: of what earlier runs shared, nothing
        is forgotten while a row of theirs is kept."""
        folder, keys = str(self._folder.resolve()), [*self._plain_keys, *writer.shared]
        if self._sorter.kept:
            self._service.store.also_needs(folder, self.id, keys)
        else:
            self._service.store.delivered(folder, self.id, keys=keys)


class _Relay(Silent):
    """Of single steps nothing is shown: there are too many. They are a sign of life."""

    def __init__(self, run: RowsRun) -> None:
        self._owner = run

    def progressed(self, name: str, done: float) -> None:
        """The time left is told again."""
        self._owner._tell()

    def noticed(self, message: str) -> None:
        """Passed on."""
        self._owner._service.observer.noticed(message)
