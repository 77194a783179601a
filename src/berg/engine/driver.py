"""Driver: the `Do` that makes things, each step as soon as its inputs exist.

Not here: how one result is made and kept (`maker`), where jobs run (an `Engine`), what is
foreseen (`rehearsal`).
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from berg.engine.ledger import Ledger
from berg.engine.maker import Maker
from berg.engine.promise import Running
from berg.engine.rehearsal import Line, StageReached, reach
from berg.errors import BergError, CorruptObject, Interrupted, LineError
from berg.schema.handle import Handle
from berg.schema.promised import Promised
from berg.schema.step import Out, Step

O = TypeVar("O", bound=Out)  # noqa: E741


class Driver:
    """Makes what a line asks for, and only what is not there yet."""

    def __init__(
        self,
        ledger: Ledger,
        maker: Maker,
        *,
        until: str | None = None,
        on_branch: Callable[[], object] = lambda: None,
    ) -> None:
        self._ledger = ledger
        self._maker = maker
        self._until = until
        self._on_branch = on_branch
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: BergError | None = None
        self._defect: BaseException | None = None
        self.steps: dict[str, Running] = {}
        self.promised: list[Promised] = []
        self.stage_document: Out | None = None

    async def run(self, line: Line) -> None:
        """Walk the line and wait for everything it asked for.

        Raises:
            BergError: the first step that failed; steps under way then were let finish.
        """
        try:
            await line(self)
        except StageReached as reached:
            self.stage_document = reached.document
        except BergError as error:
            self._failure = self._failure or error
        while self._tasks:
            await asyncio.wait(self._tasks)
        self._maker.told()
        if self._defect is not None:
            raise self._defect
        if self._failure is not None:
            raise self._failure

    def cancel(self) -> None:
        """Stop everything under way, and begin nothing more; what is finished stays."""
        self._failure = self._failure or Interrupted("stopped")
        for task in self._tasks:
            task.cancel()

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Start a step as soon as its inputs exist."""
        if name in self.steps:
            raise LineError(f"two steps are named {name!r}; names are unique in a run")
        running = Running(
            name=name,
            step=step,
            trace=self._ledger.trace(step),
            future=asyncio.get_running_loop().create_future(),
            on_await=self._branching,
        )
        self.steps[name] = running
        if not self._is_known(running):
            task = asyncio.create_task(self._perform(running))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return Handle(running)

    async def stage(self, name: str, document: Handle[O]) -> O:
        """Await a document that people may edit; end here when asked to."""
        return await reach(name, document, until=self._until)

    def deliver(self, file: Promised) -> None:
        """Promise a finished file."""
        self.promised.append(file)

    async def remake(self, sha256: str) -> None:
        """Make the result again that holds these bytes, whose stored copy is damaged.

        Raises:
            CorruptObject: no step of this run gave them.
        """
        for running in self.steps.values():
            if running.gave(sha256):
                await self._maker.remake(running)
                return
        raise CorruptObject(f"object {sha256[:12]} is damaged, and no step of this run makes it")

    def _is_known(self, running: Running) -> bool:
        """The quick way, without a task: all inputs exist, and the result is at hand."""
        return all(need.has_result for need in running.needs) and self._maker.take_known(running)

    async def _perform(self, running: Running) -> None:
        """From inputs to result; a failure is kept in the promise and in the driver."""
        try:
            if running.needs:  # not gather: cancelling this must not cancel what it needs
                await asyncio.wait([need.future for need in running.needs])
                for need in running.needs:
                    need.future.result()
            if self._failure is not None:
                raise Interrupted("not started, because another step failed")
            if not self._maker.take_known(running):
                await self._maker.find_or_make(running)
        except BergError as error:
            self._fail(running, error)
        except BaseException as error:  # cancelled, or a defect of berg: nobody may wait for ever
            self._fail(running, Interrupted("stopped"))
            self._defect = self._defect or error

    def _fail(self, running: Running, error: BergError) -> None:
        if self._failure is None:
            error.where = error.where or running.name
            self._failure = error
        running.fail(error)

    def _branching(self, running: Running) -> None:
        running.future.add_done_callback(self._branched)

    def _branched(self, future: "asyncio.Future[Out]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._on_branch()


def counts(steps: Mapping[str, Running]) -> dict[str, int]:
    """How the steps of a run ended."""
    endings = [running.ending for running in steps.values()]
    return {
        "total": len(endings),
        "ran": endings.count("ran"),
        "cached": endings.count("cached"),
        "failed": endings.count("failed"),
    }
