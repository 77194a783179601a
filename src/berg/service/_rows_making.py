"""Making rows side by side: each has a driver of its own, so that what fails in one stops no other.

So many are under way that no slot is idle, and no more: memory does not hang on how many there
are. What is made waits in short batches to be delivered, by a thread of its own.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from berg.engine.driver import Driver
from berg.engine.interface import Engine
from berg.engine.ledger import Ledger
from berg.engine.maker import Maker
from berg.engine.observer import Observer
from berg.errors import CorruptObject, RequestError, StepError
from berg.schema.events import StepRepaired
from berg.service._rows_sort import Todo
from berg.service._rows_write import MadeRow, Writer

UNDER_WAY = 64
"""Rows that are made or wait to be delivered at any time; measured: 32 leave workers of very
short steps idle now and then, 128 are no quicker."""
BATCH = 50
"""Rows that are delivered at once, at the most: one log entry, one sync of the journal."""
LEDGER_ROWS = 256
"""Rows after which what is known is looked up anew rather than remembered."""
REPAIRS = 3
"""Damaged objects that one batch may have made again."""
STOP_AFTER = 25
"""Rows that fail one after another before the run stops: it is not the rows then."""


class Making:
    """Makes and delivers rows; one object for one run."""

    def __init__(
        self,
        engine: Engine,
        observer: Observer,
        writer: Writer,
        *,
        ledger: Callable[[], Ledger],
        run: str,
        secret: Callable[[str], bytes],
        ended: Callable[[Driver], None],
        failed: Callable[[Todo, str], None],
        written: Callable[[int], None],
    ) -> None:
        """`ended` hears of every driver, `failed` of rows and why, `written` how many more are
        delivered."""
        self._engine, self._observer, self._writer = engine, observer, writer
        self._fresh_ledger, self._run, self._secret = ledger, run, secret
        self._ended, self._failed, self._written = ended, failed, written
        self._ledger = ledger()
        self._making: dict[str, asyncio.Event] = {}
        self._rows: dict[asyncio.Task[MadeRow | None], Driver] = {}
        self._ready: deque[MadeRow] = deque()
        self._writing: asyncio.Task[None] | None = None
        self._batch = 0
        self._started = 0
        self._in_a_row = 0

    async def add(self, todo: Todo) -> None:
        """Begin a row, once there is room for it. Raises BergError: the run can't go on."""
        while len(self._rows) + len(self._ready) + self._batch >= UNDER_WAY:
            await self._step()
        self._started += 1
        if self._started % LEDGER_ROWS == 0:
            self._ledger = self._fresh_ledger()
        urgency = -float(self._started)
        maker = Maker(
            self._ledger,
            self._engine,
            self._observer,
            run=self._run,
            rank=lambda name: urgency,
            secret=self._secret,
            making=self._making,
        )
        driver = Driver(self._ledger, maker)
        self._rows[asyncio.create_task(self._make(todo, driver))] = driver
        await asyncio.sleep(0)

    async def finish(self) -> None:
        """Wait until every row is delivered. Raises BergError: the run can't go on."""
        while self._rows or self._ready or self._writing:
            await self._step()

    async def stop(self) -> None:
        """End in good order: nothing goes on, and what was whole is delivered."""
        for driver in self._rows.values():
            driver.cancel()
        if self._rows:
            await asyncio.wait(self._rows)
        if self._writing is not None:
            await asyncio.wait([self._writing])
            self._harvest_writing()
        if self._ready:
            await self._write(list(self._ready)[:BATCH])

    async def _step(self) -> None:
        """Something ends: a row, or a batch's delivery."""
        self._write_more()
        under_way: set[asyncio.Task[Any]] = {*self._rows}
        if self._writing is not None:
            under_way.add(self._writing)
        done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in [task for task in self._rows if task in done]:
            self._ended(self._rows.pop(task))
            made = task.result()
            if made is not None:
                self._ready.append(made)
        self._harvest_writing()
        self._write_more()

    def _harvest_writing(self) -> None:
        if self._writing is not None and self._writing.done():
            writing, self._writing = self._writing, None
            count, self._batch = self._batch, 0
            writing.result()
            self._written(count)

    def _write_more(self) -> None:
        if self._writing is None and self._ready:
            batch = [self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))]
            self._batch = len(batch)
            self._writing = asyncio.create_task(self._write(batch))

    async def _make(self, todo: Todo, driver: Driver) -> MadeRow | None:
        try:
            await driver.run(todo.each.line(todo.row))
        except (StepError, RequestError) as error:
            self._fail(todo, error)
            return None
        self._in_a_row = 0
        return MadeRow(todo=todo, driver=driver)

    def _fail(self, todo: Todo, error: StepError | RequestError) -> None:
        """It is the row's error, unless rows fail one after another in what they don't share."""
        if isinstance(error, StepError):
            self._in_a_row += 1
        if isinstance(error, StepError) and self._in_a_row >= STOP_AFTER:
            raise StepError(
                f"{STOP_AFTER} rows failed one after another, the last (row {todo.row.number}) so: "
                f"{error.message}; what was finished is kept, and the same command goes on from "
                "there",
                where=error.where,
            ) from error
        where = f"{error.where}: " if isinstance(error, StepError) and error.where else ""
        self._failed(todo, f"{where}{error.message}")

    async def _write(self, batch: list[MadeRow]) -> None:
        for attempt in range(REPAIRS + 1):
            try:
                await asyncio.to_thread(self._writer.write, batch)
                break
            except CorruptObject as error:
                maker = next((r.driver for r in batch if _gave(r.driver, error.where)), None)
                if attempt == REPAIRS or error.where is None or maker is None:
                    raise
                message = f"{error.message}; making it again"
                self._observer.event(StepRepaired(name=None, message=message))
                await maker.remake(error.where)


def _gave(driver: Driver, sha256: str | None) -> bool:
    return sha256 is not None and any(step.gave(sha256) for step in driver.steps.values())
