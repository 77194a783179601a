"""Driver: the `Do` that makes things. One step after its inputs: key, look up, claim, run, keep.

Not here: where and how jobs run (an `Engine`), what is foreseen (the rehearsal), files (the store).
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from berg.engine.interface import Engine, JobSpec, Progress, Result, Started
from berg.engine.ledger import Ledger, assets_in, plain, to_json, typed_inputs
from berg.engine.observer import Observer
from berg.engine.promise import Running
from berg.engine.rehearsal import Line, StageReached
from berg.errors import BergError, CorruptObject, Interrupted, LineError, StepError, WorkerDied
from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.keys import handles_in
from berg.schema.receipt import Receipt
from berg.schema.step import Out, Step
from berg.store import Claim, Record

O = TypeVar("O", bound=Out)  # noqa: E741
CLAIM_POLL_S = 0.03
"""Pause between two tries for a claim that another run holds."""
ATTEMPTS = 2
"""A worker that dies costs its step one retry."""
REPAIRS = 4
"""Damaged inputs that one step may have made again before it gives up."""


class Promised:
    """A finished file, once its asset exists."""

    __slots__ = ("asset", "facts", "language", "name", "path")

    def __init__(
        self,
        asset: Handle[Asset],
        facts: Handle[Any] | None,
        *,
        name: str,
        language: str | None,
        path: str,
    ) -> None:
        self.asset = asset
        self.facts = facts
        self.name = name
        self.language = language
        self.path = path


class Driver:
    """Makes what a line asks for, and only what is not there yet."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine,
        observer: Observer,
        *,
        run: str,
        until: str | None = None,
        rank: Callable[[str], float] = lambda name: 0.0,
        on_branch: Callable[[], None] = lambda: None,
    ) -> None:
        self._ledger = ledger
        self._engine = engine
        self._observer = observer
        self._run = run
        self._until = until
        self._rank = rank
        self._on_branch = on_branch
        self._tasks: set[asyncio.Task[None]] = set()
        self.steps: dict[str, Running] = {}
        self.promised: list[Promised] = []
        self.stage_document: Out | None = None
        self.failure: BergError | None = None

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
            self.failure = self.failure or error
        while self._tasks:
            await asyncio.wait(self._tasks)
        if self.failure is not None:
            raise self.failure

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Start a step as soon as its inputs exist."""
        if name in self.steps:
            raise LineError(f"two steps are named {name!r}; names are unique in a run")
        identity = self._ledger.identity(step)
        running = Running(
            name=name,
            step=step,
            identity=identity,
            recipe=self._ledger.recipe(step, identity),
            needs=_needs(step),
            future=asyncio.get_running_loop().create_future(),
            on_await=self._branching,
        )
        self.steps[name] = running
        if not self._take_known(running):
            task = asyncio.create_task(self._perform(running))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return Handle(running)

    async def stage(self, name: str, document: Handle[O]) -> O:
        """Await a document that people may edit; end here when asked to."""
        value = await document
        if self._until == name:
            raise StageReached(name, value)
        return value

    def deliver(
        self,
        asset: Handle[Asset],
        *,
        name: str,
        language: str | None,
        path: str,
        facts: Handle[Any] | None = None,
    ) -> None:
        """Promise a finished file."""
        self.promised.append(Promised(asset, facts, name=name, language=language, path=path))

    def cancel(self) -> None:
        """Stop everything under way; what is finished stays."""
        for task in self._tasks:
            task.cancel()

    async def remake(self, sha256: str) -> None:
        """Make the step again that gave these bytes, whose stored copy is damaged.

        Raises:
            CorruptObject: no step of this run gave them.
        """
        for running in self.steps.values():
            if running.future.done() and _gave(running, sha256):
                await self._remake(running)
                return
        raise CorruptObject(f"object {sha256[:12]} is damaged, and no step of this run makes it")

    def _take_known(self, running: Running) -> bool:
        """The quick way: all inputs are there, and so is the result."""
        if not all(need.state in ("ran", "cached") for need in running.needs):
            return False
        running.key = self._ledger.key(running.identity, self._values(running))
        out = self._ledger.find(running.key, running.step.kind)
        if out is None:
            return False
        self._settle(running, out, "cached")
        return True

    def _values(self, running: Running) -> dict[str, Any]:
        return self._ledger.values(running.step, lambda promise: promise.future.result())

    async def _perform(self, running: Running) -> None:
        """From inputs to result; a failure is kept in the promise and in the driver."""
        try:
            if running.needs:
                await asyncio.gather(*(need.future for need in running.needs))
            if not self._take_known(running):
                await self._make(running)
        except BergError as error:
            self._fail(running, error)
        except asyncio.CancelledError:
            self._fail(running, Interrupted("stopped; the same command goes on"))
            raise

    async def _make(self, running: Running) -> None:
        async with running.making:
            if self.failure is not None:
                raise Interrupted("not started, because another step failed")
            claim = await self._claim(running)
            if claim is None:
                return
            with claim:
                out, receipt = await self._produce(running)
                self._commit(running, out, receipt)

    async def _claim(self, running: Running) -> Claim | None:
        """The exclusive right to make this, or None when somebody else made it meanwhile."""
        told = False
        while True:
            claim = self._ledger.store.claim(running.key)
            out = self._ledger.find(running.key, running.step.kind)
            if out is not None:
                if claim is not None:
                    claim.release()
                self._settle(running, out, "cached")
                return None
            if claim is not None:
                return claim
            if not told:
                self._observer.waiting(running.name)
                told = True
            await asyncio.sleep(CLAIM_POLL_S)

    async def _produce(self, running: Running) -> tuple[Out, Receipt]:
        deaths = repairs = 0
        while True:
            try:
                result = await self._run_once(running)
                out = running.step.kind.out.model_validate(result.out)
                return out, self._measured(running, result.receipt)
            except WorkerDied as error:
                deaths += 1
                if deaths >= ATTEMPTS:
                    raise
                self._observer.noticed(f"{running.name}: {error.message}; trying once more")
            except CorruptObject as error:
                repairs += 1
                if repairs > REPAIRS or error.where is None:
                    raise
                self._observer.noticed(f"{running.name}: {error.message}; making it again")
                await self._repair_input(running, error)

    async def _repair_input(self, running: Running, error: CorruptObject) -> None:
        for need in running.needs:
            if _gave(need, error.where or ""):
                await self._remake(need)
                return
        raise error

    async def _remake(self, running: Running) -> None:
        """Make a finished step's result again; it must give the same, or the run is inconsistent."""
        async with running.making:
            if self._ledger.store.present([a.sha256 for a in assets_in(running.future.result())]):
                return
            self._ledger.forget(running.key)
            with self._ledger.store.claim(running.key) or _no_claim(running):
                out, receipt = await self._produce(running)
                if out != running.future.result():
                    raise StepError(
                        f"{running.name} gave other bytes than before; run the command again",
                        where=running.name,
                    )
                self._keep(running, out, receipt)

    async def _run_once(self, running: Running) -> Result:
        job = self._engine.submit(self._spec(running))
        reader = asyncio.create_task(self._relay(running.name, job))
        try:
            return await job.result()
        except asyncio.CancelledError:
            job.cancel()
            raise
        finally:
            reader.cancel()

    async def _relay(self, name: str, job: Any) -> None:
        async for event in job.events():
            if isinstance(event, Started):
                self._observer.started(name)
            elif isinstance(event, Progress):
                self._observer.progressed(name, event.done)

    def _spec(self, running: Running) -> JobSpec:
        step, kind = running.step, running.step.kind
        return JobSpec(
            id=f"{self._run}/{running.name}/{time.monotonic_ns()}",
            name=running.name,
            runner=kind.runner,
            params_type=_spell(kind.params),
            params=step.params.model_dump(mode="json"),
            inputs_type=_spell(kind.inputs),
            inputs=plain(self._values(running)),
            seed=step.seed,
            weights=step.weights,
            runtime=kind.runtime,
            memory_bytes=kind.memory_bytes,
            session_bytes=kind.session_bytes,
            time_limit_s=kind.time_limit_s,
            priority=self._rank(running.name),
        )

    def _measured(self, running: Running, receipt: Receipt) -> Receipt:
        kind = running.step.kind
        work = kind.work(running.step.params, typed_inputs(kind, self._values(running)))
        return receipt.model_copy(update={"amount": work.amount, "unit": work.unit})

    def _commit(self, running: Running, out: Out, receipt: Receipt) -> None:
        kept = self._keep(running, out, receipt)
        running.receipt = receipt
        self._settle(running, kept, "ran", receipt.wall_s)

    def _keep(self, running: Running, out: Out, receipt: Receipt) -> Out:
        kind = running.step.kind
        record = Record(
            key=running.key,
            recipe=running.recipe,
            capability=kind.capability,
            out=to_json(out),
            assets=tuple(asset.sha256 for asset in assets_in(out)),
            receipt=receipt.model_dump_json(),
        )
        stored = self._ledger.store.commit(record, run=self._run)
        if stored.out != record.out:
            out = kind.out.model_validate_json(stored.out)
        return self._ledger.remember(running.key, out)

    def _settle(self, running: Running, out: Out, state: Any, seconds: float = 0.0) -> None:
        running.state = state
        running.future.set_result(out)
        shown = "cached" if state == "cached" else "will run"
        self._observer.finished(running.name, shown, seconds)

    def _fail(self, running: Running, error: BergError) -> None:
        running.state = "failed"
        if self.failure is None:
            if error.where is None:
                error.where = running.name
            self.failure = error
        if not running.future.done():
            running.future.set_exception(error)
            running.future.exception()

    def _branching(self, running: Running) -> None:
        running.future.add_done_callback(lambda future: self._branched(future))

    def _branched(self, future: "asyncio.Future[Out]") -> None:
        if not future.cancelled() and future.exception() is None:
            self._on_branch()


def _needs(step: Step[Any]) -> tuple[Running, ...]:
    found: dict[int, Any] = {id(h.promise): h.promise for h in handles_in(step.inputs)}
    return tuple(found.values())


def _gave(running: Running, sha256: str) -> bool:
    return any(asset.sha256 == sha256 for asset in assets_in(running.future.result()))


def _spell(cls: type) -> str:
    return f"{cls.__module__}:{cls.__qualname__}"


def _no_claim(running: Running) -> Claim:
    raise StepError(f"{running.name} is being made by another run; run the command again")


def counts(steps: Mapping[str, Running]) -> dict[str, int]:
    """How the steps of a run ended."""
    states = [running.state for running in steps.values()]
    return {
        "total": len(states),
        "ran": states.count("ran"),
        "cached": states.count("cached"),
        "failed": states.count("failed"),
    }
