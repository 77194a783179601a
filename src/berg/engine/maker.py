"""Maker: from a step whose inputs exist to its stored result. Claim, run, mend, keep.

It makes each result once, whoever asks: other runs on the same home wait for the claim and share
what came out. A worker that dies costs one retry; a damaged input is made again.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from berg.engine.interface import Engine, Job, JobSpec, Progress, Result, Started
from berg.engine.ledger import Ledger, assets_in, plain, to_json
from berg.engine.observer import Observer, Telling
from berg.engine.promise import Running
from berg.engine.secrets import Secrets
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
from berg.store.interface import Loan

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
        """Settle a step whose inputs exist and whose result is at hand; False if it is not."""
        if not running.key:
            running.key = self._ledger.key(running.trace, running.step)
        return self._taken(running, self._ledger.known(running.key))

    async def find_or_make(self, running: Running) -> None:
        """Settle a step whose inputs exist: by what is stored, by what somebody else makes at the
        moment, or by making it.

        Raises:
            BergError: the step failed, with its cause.
        """
        async with running.making:
            if not self._ledger.seems_absent(running.key) and await self._find(running):
                return
            told = False
            while not await self._make_in_turn(running):
                if not told:
                    self._telling.tell(StepWaiting(name=running.name, on="result"))
                    told = True
                await asyncio.sleep(CLAIM_POLL_S)

    async def _make_in_turn(self, running: Running) -> bool:
        """Settle a step once there is a place for it among those under way; False if another run
        is making the same."""
        turnstile = self._turnstiles[running.step.kind.capability]
        while True:
            while (ours := self._making.get(running.key)) is not None:
                await ours.wait()
            if self.take_known(running):
                return True
            await turnstile.enter(self._rank(running.name))
            try:
                if running.key not in self._making:
                    return await self._make_once(running)
            finally:
                turnstile.leave()

    async def _make_once(self, running: Running) -> bool:
        """Settle a step that no other step of this run is making; False if another run is."""
        done = self._making[running.key] = asyncio.Event()
        claim = None
        try:
            claim = await self._ledger.claim(running.key)
            if await self._find(running):  # whoever had the claim before may have made it
                return True
            if claim is not None:
                await self._make(running)
            return claim is not None
        finally:
            if claim is not None:
                claim.release()
            del self._making[running.key]
            done.set()

    async def _make(self, running: Running) -> None:
        """Make a step that is claimed."""
        try:
            out, receipt = await self._produce(running)
            out = await self._keep(running, out, receipt)
        except BergError as error:
            if not isinstance(error, Interrupted):
                self._telling.tell(StepFailed(name=running.name, message=error.message))
            raise
        running.receipt = receipt
        running.settle(out, "ran")
        self._telling.tell(StepMade(name=running.name, seconds=receipt.wall_s))

    async def _find(self, running: Running) -> bool:
        """Settle a step by what is stored."""
        return self._taken(running, await self._ledger.find(running.key, running.step))

    async def remake(self, running: Running) -> None:
        """Make a result again whose stored bytes are damaged.

        Raises:
            StepError: it came out otherwise than before, so that what hangs on it is in doubt.
            CorruptObject: it is of a kind that gives other bytes each time.
        """
        async with running.making:
            sizes = {asset.sha256: asset.size for asset in assets_in(running.out)}
            if not await asyncio.to_thread(self._ledger.store.objects.missing, sizes):
                return
            _check_repeatable(running)
            await self._ledger.forget(running.key)
            while (claim := await self._ledger.claim(running.key)) is None:
                await asyncio.sleep(CLAIM_POLL_S)
            try:
                out, receipt = await self._produce(running)
                await self._keep(running, out, receipt)
            finally:
                claim.release()
            running.ending, running.receipt = "ran", receipt
            if out != running.out:
                raise StepError(
                    "gave other bytes than before; run the command again", where=running.name
                )

    def _taken(self, running: Running, out: Out | None) -> bool:
        if out is not None:
            self._take(running, out)
        return out is not None

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
                await self._ledger.store.index.forget_asset(error.where)
                message = f"{running.name}: {error.message}; making it again"
                self._telling.tell(StepRepaired(name=running.name, message=message))
                await self.remake(need)
                return
        raise error

    async def _run_once(self, running: Running) -> Result:
        spec = await self._spec(running)
        secrets = await asyncio.to_thread(self._secrets, spec.secrets) if spec.secrets else None
        job = self._engine.submit(spec, secrets)
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

    def _secrets(self, names: Iterable[str]) -> Secrets:
        return {name: self._secret(name) for name in names}

    async def _loans(self, *values: Any) -> Mapping[str, Loan]:
        digests = {asset.sha256 for value in values for asset in assets_in(value)}
        if not digests:
            return {}
        return await asyncio.to_thread(self._ledger.store.objects.lend, digests)

    async def _spec(self, running: Running) -> JobSpec:
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
            loans=await self._loans(step.params, values),
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

    async def _keep(self, running: Running, out: Out, receipt: Receipt) -> Out:
        """Commit; gives what is stored, which is the first result if there already was one."""
        kind, assets = running.step.kind, assets_in(out)
        record = Record(
            key=running.key,
            recipe=running.recipe,
            capability=kind.capability,
            out=to_json(out),
            assets=tuple(asset.sha256 for asset in assets),
            receipt=receipt.model_dump_json(),
            sizes=tuple(asset.size for asset in assets),
        )
        stored = await self._ledger.keep(record, run=self._run)
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
