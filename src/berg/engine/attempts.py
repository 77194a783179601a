"""Attempts: a step whose inputs exist as a job of an engine, once, and what is told of it."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from berg.engine.interface import Engine, Job, JobProgress, JobSpec, Result, Started
from berg.engine.ledger import Ledger
from berg.engine.observer import EventTeller
from berg.engine.promise import Running
from berg.engine.secrets import Secrets
from berg.engine.values import assets_in, plain
from berg.schema.events import StepProgress, StepStarted, StepWaiting
from berg.schema.needs import Needs
from berg.schema.receipt import Receipt
from berg.schema.step import Out, Step
from berg.store.interface import Loan


class Attempts:
    """Attempts at the steps of one run."""

    def __init__(
        self,
        ledger: Ledger,
        engine: Engine,
        telling: EventTeller,
        *,
        run: str,
        rank: Callable[[str], float],
        secret: Callable[[str], bytes],
    ) -> None:
        self._ledger = ledger
        self._engine = engine
        self._telling = telling
        self._name = run
        self._rank = rank
        self._secret = secret

    async def make(self, running: Running) -> tuple[Out, Receipt]:
        """What the step gives, and what it took.

        Raises:
            WorkerDied: worth one more attempt.
            CorruptObject: an input is damaged; `where` is its digest.
            BergError: as the step raised it.
        """
        result = await self._run(running)
        out = running.step.kind.out.model_validate(result.out)
        return out, self._measured(running, result.receipt)

    async def _run(self, running: Running) -> Result:
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
            elif isinstance(event, JobProgress):
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
            id=f"{self._name}/{running.name}/{time.monotonic_ns()}",
            name=running.name,
            runner=kind.runner,
            call=f"{kind.calls.__module__}:{kind.calls.__qualname__}",
            params=step.params.model_dump(mode="json"),
            inputs=plain(values),
            seed=step.seed,
            identity=running.key,
            loans=await self._loans(step.params, values),
            run=self._name,
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
