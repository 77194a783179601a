"""Maker: from a step whose inputs exist to its stored result. Claim, run, mend, keep.

It makes each result once, whoever asks: other runs on the same home wait for the claim and share
what came out. A worker that dies costs one retry; a damaged input is made again.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from berg.engine.interface import Engine, Job, JobSpec, Progress, Result, Started
from berg.engine.ledger import Ledger, assets_in, plain, to_json
from berg.engine.observer import Observer, Telling
from berg.engine.promise import Running
from berg.engine.turnstile import Turnstile
from berg.errors import BergError, CorruptObject, Interrupted, StepError, WorkerDied
from berg.schema.events import (
    RunNoticed,
    StepFailed,
    StepMade,
    StepProgress,
    StepRepaired,
    StepStarted,
    StepWaiting,
)
from berg.schema.needs import Needs
from berg.schema.receipt import Receipt
from berg.schema.step import Out, Step
from berg.store import Record

CLAIM_POLL_S = 0.03
"""Pause between two tries for a claim that another run holds."""
ATTEMPTS = 2
"""A worker that dies costs its step one retry."""
REPAIRS = 4
"""Damaged inputs that one step may have made again before it gives up."""


def _no_secret(name: str) -> bytes:
    raise StepError(f"secret {name} is not among this home's keys")


class Maker:
    """Makes results of one run."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine,
        observer: Observer,
        *,
        run: str,
        rank: Callable[[str], float],
        secret: Callable[[str], bytes] = _no_secret,
        making: dict[str, asyncio.Event] | None = None,
    ) -> None:
        """`making` is shared by the makers of one run: what one makes, the others wait for."""
        self._ledger = ledger
        self._engine = engine
        self._telling = Telling(observer)
        self._run = run
        self._rank = rank
        self._secret = secret
        self._making = {} if making is None else making
        """Keys that this run holds claims on: a second step of the same key waits in silence."""
        self._turnstiles: dict[str, Turnstile] = defaultdict(Turnstile)
        """By capability: steps of one kind that wait for their model hold up no other kind."""

    def told(self) -> None:
        """All that has happened so far is told when this returns."""
        self._telling.flush()

    def take_known(self, running: Running) -> bool:
        """Settle a step whose inputs exist and whose result is stored; False if there is none."""
        running.key = self._ledger.key(running.trace, running.step)
        out = self._ledger.find(running.key, running.step)
        if out is None:
            return False
        self._take(running, out)
        return True

    async def make(self, running: Running) -> None:
        """Make the result, or share it with whoever makes it at the moment.

        Raises:
            BergError: the step failed, with its cause.
        """
        async with running.making:
            claim = await self._claim(running)
            if claim is None:
                return
            done = self._making[running.key] = asyncio.Event()
            try:
                with claim:
                    out, receipt = await self._produce(running)
                    out = self._keep(running, out, receipt)
            except BergError as error:
                if not isinstance(error, Interrupted):
                    self._telling.tell(StepFailed(name=running.name, message=error.message))
                raise
            finally:
                del self._making[running.key]
                done.set()
            running.receipt = receipt
            running.settle(out, "ran")
            self._telling.tell(StepMade(name=running.name, seconds=receipt.wall_s))

    async def remake(self, running: Running) -> None:
        """Make a result again whose stored bytes are damaged.

        Raises:
            StepError: it came out otherwise than before, so that what hangs on it is in doubt.
            CorruptObject: it is of a kind that gives other bytes each time.
        """
        async with running.making:
            store = self._ledger.store
            if store.present(asset.sha256 for asset in assets_in(running.out)):
                return
            _check_repeatable(running)
            self._ledger.forget(running.key)
            while (claim := store.claim(running.key)) is None:
                await asyncio.sleep(CLAIM_POLL_S)
            with claim:
                out, receipt = await self._produce(running)
                self._keep(running, out, receipt)
            running.ending, running.receipt = "ran", receipt
            if out != running.out:
                raise StepError(
                    "gave other bytes than before; run the command again", where=running.name
                )

    async def _claim(self, running: Running) -> ExitStack | None:
        """A place among the steps under way and the exclusive right to make this, both given back
        as the block ends; None when somebody else made it meanwhile."""
        turnstile, told = self._turnstiles[running.step.kind.capability], False
        while True:
            while (ours := self._making.get(running.key)) is not None:
                await ours.wait()
            with ExitStack() as held:
                await turnstile.enter(self._rank(running.name))
                held.callback(turnstile.leave)
                if running.key in self._making:
                    continue
                claim = self._ledger.store.claim(running.key)
                if claim is not None:
                    held.enter_context(claim)
                out = self._ledger.find(running.key, running.step)
                if out is None and claim is not None:
                    return held.pop_all()
            if out is not None:
                self._take(running, out)
                return None
            if not told:
                self._telling.tell(StepWaiting(name=running.name, on="result"))
                told = True
            await asyncio.sleep(CLAIM_POLL_S)

    def _take(self, running: Running, out: Out) -> None:
        running.settle(out, "cached")
        self._telling.cached(running.name)

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
                message = f"{running.name}: {error.message}; trying once more"
                self._telling.tell(RunNoticed(message=message))
            except CorruptObject as error:
                repairs += 1
                if repairs > REPAIRS:
                    raise
                await self._mend_input(running, error)

    async def _mend_input(self, running: Running, error: CorruptObject) -> None:
        for need in running.needs:
            if error.where is not None and need.gave(error.where):
                message = f"{running.name}: {error.message}; making it again"
                self._telling.tell(StepRepaired(name=running.name, message=message))
                await self.remake(need)
                return
        raise error

    async def _run_once(self, running: Running) -> Result:
        secrets = {name: self._secret(name) for name in running.step.secrets}
        job = self._engine.submit(self._spec(running), secrets)
        relay = asyncio.create_task(self._relay(running.name, job))
        try:
            return await job.result()
        except asyncio.CancelledError:
            job.cancel()
            raise
        finally:
            relay.cancel()

    async def _relay(self, name: str, job: Job) -> None:
        async for event in job.events():
            if isinstance(event, Started):
                self._telling.tell(StepStarted(name=name))
            elif isinstance(event, Progress):
                self._telling.tell(StepProgress(name=name, done=event.done))
            else:
                self._telling.tell(StepWaiting(name=name, on="machine"))

    def _spec(self, running: Running) -> JobSpec:
        step, kind = running.step, running.step.kind
        values = self._ledger.values(step)
        return JobSpec(
            id=f"{self._run}/{running.name}/{time.monotonic_ns()}",
            name=running.name,
            runner=kind.runner,
            call=f"{kind.calls.__module__}:{kind.calls.__qualname__}",
            params=step.params.model_dump(mode="json"),
            inputs=plain(values),
            seed=step.seed,
            identity=running.key,
            loans=self._ledger.store.objects.lend(_digests(step.params, values)),
            run=self._run,
            secrets=step.secrets,
            weights=self._ledger.weights_of(step),
            needs=self._needs(step),
            time_limit_s=kind.time_limit_s,
            priority=self._rank(running.name),
        )

    def _needs(self, step: Step[Any]) -> Needs:
        needs = step.kind.needs
        return needs if isinstance(needs, Needs) else needs(self._ledger.call(step))

    def _measured(self, running: Running, receipt: Receipt) -> Receipt:
        work = running.step.kind.work(self._ledger.call(running.step))
        return receipt.model_copy(update={"amount": work.amount, "unit": work.unit})

    def _keep(self, running: Running, out: Out, receipt: Receipt) -> Out:
        """Commit; gives what is stored, which is the first result if there already was one."""
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


def _check_repeatable(running: Running) -> None:
    """What hangs on a result holds its bytes, so another take of it mends nothing."""
    kind = running.step.kind
    if kind.reproducible == "no":
        raise CorruptObject(
            f"the stored result of {running.name} is damaged, and {kind.capability} never gives "
            "the same bytes twice: run the command again, and what hangs on it is made anew",
            where=running.name,
        )


def _digests(*values: Any) -> set[str]:
    return {asset.sha256 for value in values for asset in assets_in(value)}
