"""Driving units side by side: each has a driver of its own, so that no row's failure stops another.

So many are under way that no slot is idle, and no more: memory does not hang on how many there
are. What is made waits in short batches to be delivered, in a thread of its own.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from berg.engine.driver import Driver
from berg.engine.ledger import Ledger
from berg.engine.maker import Maker
from berg.engine.observer import Observer
from berg.errors import BergError, CorruptObject, Interrupted, RequestError, StepError
from berg.schema.events import FilesSigned, StepRepaired
from berg.schema.step import Out
from berg.service._threads import to_its_end
from berg.service.making.delivering import DeliveredFiles, Delivering
from berg.service.making.rows import Rows
from berg.service.making.tally import StepTally
from berg.service.making.units import MadeUnit, Unit

UNDER_WAY = 64
"""Units that are made or wait to be delivered at any time; measured: 32 leave workers of very
short steps idle now and then, 128 are no quicker."""
BATCH = 50
"""Units that are delivered at once, at the most: one log entry, one sync of the journal."""
LEDGER_UNITS = 256
"""Units after which what is known is looked up anew rather than remembered."""
REPAIRS = 3
"""Damaged objects that one delivery may have made again."""
STOP_AFTER = 25
"""Rows that fail one after another before the run stops: it is not the rows then."""


class Driving:
    """Makes and delivers units; one object for one run."""

    def __init__(
        self,
        *,
        ledgers: Callable[[], Ledger],
        makers: Callable[[Ledger, Unit], Maker],
        delivering: Delivering,
        tally: StepTally,
        observer: Observer,
        rows: Rows | None,
    ) -> None:
        """`ledgers` gives fresh views of what is known, `makers` who makes a unit's steps."""
        self._ledgers, self._makers, self._delivering = ledgers, makers, delivering
        self._tally, self._observer, self._rows = tally, observer, rows
        self.ledger = ledgers()
        """What is known of the first units' steps."""
        self._units: dict[asyncio.Task[MadeUnit | None], tuple[Unit, Driver]] = {}
        self._ready: deque[MadeUnit] = deque()
        self._batch: list[MadeUnit] = []
        self._delivery: asyncio.Task[None] | None = None
        self._started = self._in_a_row = 0
        self._stopped = False
        self.files: DeliveredFiles = ()
        """What was made once, delivered."""
        self.keys: list[str] = []
        """Keys of the results that it needs as long as it stands."""
        self.stage: Out | None = None
        """The document at which a unit was asked to end."""

    async def add(self, unit: Unit) -> None:
        """Begin a unit, once there is room for it. Raises BergError: the run can't go on."""
        while len(self._units) + len(self._ready) + len(self._batch) >= UNDER_WAY:
            await self._step()
        self._started += 1
        if self._started % LEDGER_UNITS == 0:
            self.ledger = self._ledgers()
        maker = self._makers(self.ledger, unit)
        driver = Driver(self.ledger, maker, until=unit.until, on_branch=unit.on_branch)
        self._units[asyncio.create_task(self._make(unit, driver))] = (unit, driver)
        await asyncio.sleep(0)

    async def finish(self) -> None:
        """Wait until every unit is delivered. Raises BergError: the run can't go on."""
        while self._units or self._ready or self._delivery:
            await self._step()

    async def stop(self) -> None:
        """End in good order: nothing goes on, and rows that were whole are delivered."""
        self._stopped = True
        for _, driver in self._units.values():
            driver.cancel()
        if self._units:
            await asyncio.wait(self._units)
        for task, (unit, driver) in self._units.items():
            task.cancelled() or task.exception()  # seen: why the run stops is known already
            self._tally.count(unit, driver)
        self._units.clear()
        await self._last_delivery()
        if self._ready and self._ready[0].unit.row is not None:
            self._deliver_more()
            await self._last_delivery()
        for made in self._ready:
            self._tally.count(made.unit, made.driver)

    async def _last_delivery(self) -> None:
        if self._delivery is not None:
            await asyncio.wait([self._delivery])
            with suppress(BergError, asyncio.CancelledError):
                self._harvest()

    async def _step(self) -> None:
        """Something ends: a unit, or a delivery."""
        self._deliver_more()
        under_way: set[asyncio.Task[Any]] = {*self._units}
        if self._delivery is not None:
            under_way.add(self._delivery)
        done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        for task in [task for task in self._units if task in done]:
            made = task.result()  # if it raises, `stop` counts what it came to
            unit, driver = self._units.pop(task)
            if made is not None:
                self._ready.append(made)
            else:
                self._tally.count(unit, driver)
        self._harvest()
        self._deliver_more()

    def _deliver_more(self) -> None:
        if self._delivery is None and self._ready:
            self._batch = [self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))]
            self._delivery = asyncio.create_task(self._deliver(self._batch))

    def _harvest(self) -> None:
        """A delivery has ended: count what it delivered."""
        if self._delivery is None or not self._delivery.done():
            return
        delivery, self._delivery = self._delivery, None
        batch, self._batch = self._batch, []
        for made in batch:
            self._tally.count(made.unit, made.driver)
        delivery.result()
        if self._rows is not None and batch[0].unit.row is not None:
            self._observer.event(self._rows.delivered(len(batch)))

    async def _make(self, unit: Unit, driver: Driver) -> MadeUnit | None:
        try:
            await driver.run(unit.line())
        except (StepError, RequestError) as error:
            self._fail(unit, error)
            return None
        self._in_a_row = 0
        if driver.stage_document is not None:
            self.stage = driver.stage_document
            return None
        return MadeUnit(unit=unit, driver=driver)

    def _fail(self, unit: Unit, error: StepError | RequestError) -> None:
        """It is the row's error, unless rows fail one after another in what they don't share."""
        if unit.row is None or self._rows is None:
            if isinstance(error, StepError):
                raise error
            raise StepError(error.message, where=error.where) from error  # something was started
        where = ""
        if isinstance(error, StepError):
            self._in_a_row += 1
            where = f"{error.where}: " if error.where else ""
        if self._in_a_row >= STOP_AFTER:
            raise StepError(
                f"{STOP_AFTER} rows failed one after another, the last (row {unit.row.number}) so: "
                f"{error.message}; what was finished is kept, and the same command goes on from "
                "there",
                where=error.where,
            ) from error
        self._rows.leave_out(unit.row, f"{where}{error.message}")

    async def _deliver(self, batch: Sequence[MadeUnit]) -> None:
        for attempt in range(REPAIRS + 1):
            try:
                await to_its_end(lambda: self._put(batch))
                return
            except CorruptObject as error:
                maker = next((made.driver for made in batch if made.gave(error.where)), None)
                if attempt == REPAIRS or error.where is None or maker is None:
                    raise
                message = f"{error.message}; making it again"
                self._observer.event(StepRepaired(name=None, message=message))
                await maker.remake(error.where)

    def _put(self, batch: Sequence[MadeUnit]) -> None:
        """In a thread. Of rows a batch is short; what is made once may be given up half way."""
        if self._rows is not None and batch[0].unit.row is not None:
            self._rows.write_down(batch, self._delivering.deliver(batch))
            return
        (self.files,) = self._delivering.deliver(batch, progress=self._signed)
        self.keys = batch[0].keys

    def _signed(self, done: int, total: int) -> None:
        if self._stopped:
            raise Interrupted("stopped")
        self._observer.event(FilesSigned(done=done, total=total))
