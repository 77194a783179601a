"""Host: makes and plans on one home, any number at once, for as long as its process wants.

They share its workers, with the models resident in them, and each step is made once, whoever asks.
It is for one loop, which is its caller's: it starts none, answers no signal and writes to no
stream. Who wants a make to stop cancels it.
"""

import asyncio
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from berg.engine.local import LocalEngine
from berg.engine.observer import Observer, Silent, noticing
from berg.errors import STOPPED, Interrupted
from berg.held import held_signals
from berg.schema.plan import Plan
from berg.service._marking import check_keys, ready_keys
from berg.service._parts import OpenHome
from berg.service._request import Checked, Prepared, Request, check, check_folder
from berg.service._threads import FromAnyThread, aside
from berg.service.making.row_plan import plan_rows

if TYPE_CHECKING:
    from berg.service.making.run import Made, Run


class Host:
    """`async with Host(home) as host:` makes; what it has under way at the end is stopped."""

    def __init__(self, home: Path | OpenHome) -> None:
        """On a home, which is created if need be; or on one that is open, and stays so.

        Raises:
            StoreError: the home can't be read or written.
        """
        self._own = not isinstance(home, OpenHome)
        self.parts = home if isinstance(home, OpenHome) else OpenHome(home)
        self._engine: LocalEngine | None = None
        self._runs: dict[str, asyncio.Task[Made]] = {}
        self._keys_door = asyncio.Lock()

    async def __aenter__(self) -> "Host":
        node = self.parts.node
        self._engine = LocalEngine(
            self.parts.store, slots=node.cores, memory_bytes=node.memory_bytes
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._runs.values():
            task.cancel()
        if self._runs:
            await asyncio.wait(self._runs.values())
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.close()
        if self._own:
            self.parts.store.close()

    @property
    def runs(self) -> tuple[str, ...]:
        """Names of the runs under way, oldest first."""
        return tuple(self._runs)

    async def make(self, request: Request, observer: Observer | None = None) -> "Made":
        """Make what a brief asks for, or with `until` only the document to edit.

        `observer` hears of it in the loop's thread; its first `RunStarted` names the run. A caller
        that is cancelled waits until the run has ended in good order.

        Raises:
            BergError: what failed; what was finished is kept, and the same call goes on.
            Interrupted: somebody cancelled the run.
        """
        begun = time.perf_counter()
        observer = observer or Silent()
        parts = await aside(partial(self.parts.beside, request.brief))
        prepared = await self._ready(parts, request, FromAnyThread(observer))
        return await self.make_prepared(request, prepared, observer, begun=begun, parts=parts)

    async def make_prepared(
        self,
        request: Request,
        prepared: Prepared,
        observer: Observer,
        *,
        begun: float,
        parts: OpenHome | None = None,
    ) -> "Made":
        """As `make`, of a request that was read and checked; `begun` when, by `perf_counter`;
        `parts` are the host's with what lies beside the brief, if that is more."""
        with held_signals():  # signing is heavy to import; only a make needs it
            from berg.service.making.run import Run

        assert self._engine is not None, "a host makes inside `async with`"
        run = Run(parts or self.parts, self._engine, request, prepared, observer, begun=begun)
        return await self._see_through(run)

    async def plan(self, request: Request, observer: Observer | None = None) -> Plan:
        """What is cached, what would run, what depends, and how long it should take.

        Raises BergError.
        """
        heard = FromAnyThread(observer or Silent())
        return await aside(partial(plan, self.parts, request, heard))

    def cancel(self, run: str) -> bool:
        """Stop a run in good order; whoever makes it hears Interrupted. False: none such is
        under way."""
        task = self._runs.get(run)
        return task is not None and task.cancel()

    async def _see_through(self, run: "Run") -> "Made":
        task = self._runs[run.id] = asyncio.create_task(run.go())
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.wait([task])
            raise
        finally:
            del self._runs[run.id]
        if task.cancelled():
            raise Interrupted(STOPPED)
        return task.result()

    async def _ready(self, parts: OpenHome, request: Request, observer: Observer) -> Prepared:
        """Read and check; a brief with faults leaves no keys behind."""
        checked = await aside(partial(_checked, parts, request, observer))
        async with self._keys_door:  # two makes on a fresh home make one set of keys
            return await aside(partial(_prepared, parts, request, checked, observer))


def plan(parts: OpenHome, request: Request, observer: Observer) -> Plan:
    """As `Host.plan`, here and now. Raises BergError."""
    parts = parts.beside(request.brief)
    prepared = _checked(parts, request, observer).prepared(parts.store, parts.weights, parts.keys)
    plain = parts.rehearse(parts.ledger(), prepared.line, until=request.until)
    return plan_rows(parts, prepared, plain) if prepared.each else plain


def _checked(parts: OpenHome, request: Request, observer: Observer) -> Checked:
    notice = noticing(observer)
    for found in parts.left_out():
        notice(str(found))
    return check(request, parts.store, parts.weights, parts.kinds, notice)


def _prepared(parts: OpenHome, request: Request, checked: Checked, observer: Observer) -> Prepared:
    check_folder(checked.folder)
    ready_keys(parts.keys, noticing(observer))
    prepared = checked.prepared(parts.store, parts.weights, parts.keys)
    if request.until is None:
        check_keys(parts.keys)
    return prepared
