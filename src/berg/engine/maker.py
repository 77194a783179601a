"""Maker: from a step whose inputs exist to its stored result. Claim, run, mend, keep.

It makes each result once, whoever asks: other runs on the same home wait for the claim and share
what came out. A worker that dies costs one retry; a damaged input is made again.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable

from berg.engine.attempts import Attempts
from berg.engine.interface import Engine
from berg.engine.ledger import Ledger
from berg.engine.observer import EventTeller, Observer
from berg.engine.promise import Running
from berg.engine.turnstile import Turnstile
from berg.engine.values import assets_in, to_json
from berg.errors import BergError, CorruptObject, Interrupted, StepError, WorkerDied
from berg.schema.events import (
    RunNoticed,
    StepFailed,
    StepMade,
    StepRepaired,
    StepWaiting,
)
from berg.schema.receipt import Receipt
from berg.schema.step import Out
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
        self._telling = EventTeller(observer)
        self._attempts = Attempts(ledger, engine, self._telling, run=run, rank=rank, secret=secret)
        self._run = run
        self._rank = rank
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
                return await self._attempts.make(running)
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
