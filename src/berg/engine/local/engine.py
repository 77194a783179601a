"""The local engine: as many worker processes as slots, fed from one queue."""

import asyncio
import time
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from berg.engine.interface import JobSpec, Progress, Result, Started
from berg.engine.local.jobs import JobQueue, LocalJob
from berg.engine.local.leases import Held, Leases
from berg.engine.local.process import WorkerProcess, died
from berg.engine.worker import error_from
from berg.errors import Interrupted
from berg.meter.energy import energy_wh
from berg.schema.receipt import Receipt
from berg.store import Store

RETRY_S = 0.05
"""Pause before asking again for a lease that another run holds."""
START_LIMIT_S = 120.0
"""Silence allowed to a process that is starting, however busy the machine is."""
LINGER_S = 1.0
"""How long an unused session stays resident: long enough for the next sentence to arrive."""


@dataclass(eq=False, slots=True)
class _Seat:
    """A worker, the job it does, and what it holds of the machine."""

    worker: WorkerProcess
    job: LocalJob | None = None
    taken: bool = False
    """Whether the worker has begun the job; before, it may be busy starting."""
    held: Held | None = None
    """For the job; kept a moment after it, to be passed on to the next."""
    session: str | None = None
    session_held: Held | None = None
    idle_since: float = 0.0

    def patience_s(self) -> float:
        """Seconds of silence that are in order."""
        return self.job.spec.time_limit_s if self.job and self.taken else START_LIMIT_S

    def let_go(self) -> None:
        """Give the job's share of the machine back."""
        if self.held is not None:
            self.held.release()
            self.held = None

    def let_session_go(self) -> None:
        """Give the session's share back."""
        if self.session_held is not None:
            self.session_held.release()
        self.session = self.session_held = None


class LocalEngine:
    """Runs jobs in worker processes on this machine."""

    def __init__(self, store: Store, *, slots: int, memory_bytes: int) -> None:
        self._home = store.home
        self._slots = slots
        self._leases = Leases(store, slots=slots, memory_bytes=memory_bytes)
        self._queue = JobQueue()
        self._seats: list[_Seat] = []
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake: asyncio.TimerHandle | None = None
        self._closed = False

    def submit(self, spec: JobSpec) -> LocalJob:
        """Queue a job."""
        if not self._tasks:
            self._spawn(self._watch_over())
        job = LocalJob(spec, self._cancel)
        self._queue.put(job)
        self._pump()
        return job

    async def close(self) -> None:
        """End every worker; jobs under way are cancelled."""
        self._closed = True
        if self._wake is not None:
            self._wake.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for seat in self._seats:
            if seat.job is not None:
                seat.job.fail(Interrupted("stopped", where=seat.job.spec.name))
            await seat.worker.close()
            seat.let_go()
            seat.let_session_go()
        self._seats.clear()

    def _cancel(self, job: LocalJob) -> None:
        """Drop a waiting job; end the worker of a running one."""
        for seat in self._seats:
            if seat.job is job:
                seat.worker.kill("cancelled")
        job.fail(Interrupted("stopped", where=job.spec.name))

    def _pump(self) -> None:
        """Start whatever can be started now."""
        blocked: set[str | None] = {seat.session for seat in self._seats if seat.job is not None}
        blocked.discard(None)
        while not self._closed and sum(s.job is not None for s in self._seats) < self._slots:
            job = self._queue.take(blocked)
            if job is None:
                break
            if self._start(job):
                blocked |= {job.spec.runtime} - {None}
            else:
                self._queue.put(job, back=True)
                blocked.add(job.spec.runtime)
                self._pump_later()
        for seat in self._seats:
            if seat.job is None:
                seat.let_go()

    def _pump_later(self) -> None:
        loop = asyncio.get_running_loop()
        if self._wake is None or self._wake.when() <= loop.time():
            self._wake = loop.call_later(RETRY_S, self._pump)

    def _start(self, job: LocalJob) -> bool:
        """Lease what the job needs and hand it over; False when another run holds it."""
        seat = self._seat_for(job.spec)
        if not self._give_session(seat, job.spec):
            return False
        seat.held = self._leases.for_job(job.spec, seat.held)
        if seat.held is None:
            return False
        seat.job, seat.taken = job, False
        if seat.worker.running:
            seat.worker.send(asdict(job.spec))
        else:
            self._spawn(self._start_worker(seat, job))
        return True

    def _seat_for(self, spec: JobSpec) -> _Seat:
        """An idle seat with the session wanted, else any idle one, else a new one."""
        idle = [seat for seat in self._seats if seat.job is None]
        idle.sort(key=lambda seat: seat.session != spec.runtime)
        if idle:
            return idle[0]
        name = f"w{next(self._numbers)}"
        seat = _Seat(WorkerProcess(name, self._home, self._heard, self._died))
        self._seats.append(seat)
        return seat

    def _give_session(self, seat: _Seat, spec: JobSpec) -> bool:
        if spec.runtime is None or seat.session == spec.runtime:
            return True
        self._drop_session(seat)
        seat.session_held = self._leases.for_session(spec)
        if seat.session_held is None:
            return False
        seat.session = spec.runtime
        return True

    def _drop_session(self, seat: _Seat) -> None:
        if seat.session is not None:
            seat.worker.send({"drop": True})
            seat.let_session_go()

    async def _start_worker(self, seat: _Seat, job: LocalJob) -> None:
        await seat.worker.start()
        seat.worker.send(asdict(job.spec))

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _heard(self, worker: WorkerProcess, reply: Any) -> None:
        seat = self._seat_of(worker)
        job = seat.job
        if job is None or reply["id"] != job.spec.id:
            return
        if "taken" in reply:
            seat.taken = True
            job.tell(Started(worker=worker.name))
        elif "progress" in reply:
            job.tell(Progress(done=reply["progress"]))
        else:
            seat.job, seat.idle_since = None, time.monotonic()
            if "error" in reply:
                job.fail(error_from(reply["error"]))
            else:
                job.succeed(Result(out=reply["out"], receipt=_receipt(reply["receipt"])))
            self._pump()

    def _died(self, worker: WorkerProcess, cause: str) -> None:
        seat = self._seat_of(worker)
        self._seats.remove(seat)
        seat.let_go()
        seat.let_session_go()
        if seat.job is not None:
            seat.job.fail(died(seat.job.spec.name, cause))
        self._pump()

    def _seat_of(self, worker: WorkerProcess) -> _Seat:
        return next(seat for seat in self._seats if seat.worker is worker)

    async def _watch_over(self) -> None:
        """End workers that have gone silent, and sessions that nobody needs."""
        while True:
            await asyncio.sleep(LINGER_S / 4)
            now = time.monotonic()
            for seat in list(self._seats):
                patience = seat.patience_s()
                if seat.job is not None and now - seat.worker.heard > patience:
                    seat.worker.kill(f"no sign of life for {patience:g} s, so its worker was ended")
                elif seat.job is None and seat.session is not None:
                    unused = now - seat.idle_since > LINGER_S
                    if unused and not self._queue.wants(seat.session):
                        self._drop_session(seat)


def _receipt(measured: dict[str, Any]) -> Receipt:
    watt_hours = energy_wh(measured["cpu_s"])
    return Receipt(**measured, amount=0.0, unit="", energy_wh=watt_hours)
