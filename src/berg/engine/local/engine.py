"""The local engine: jobs by priority, and as many worker processes as slots.

Nothing waits for a lease while it holds one, but for a session that stays resident; and one that
does nothing is given up as soon as a job is refused for want of leases. So runs that share a home
can't lock each other out.
"""

import asyncio
import itertools
import time
from dataclasses import asdict, dataclass
from typing import Any

from berg.engine.interface import JobSpec, Progress, Result, Started
from berg.engine.local.budget import Budget, Leases, release
from berg.engine.local.job import JobQueue, LocalJob
from berg.engine.local.process import WorkerProcess
from berg.engine.worker import error_from
from berg.errors import WorkerDied
from berg.meter.energy import energy_wh
from berg.schema.receipt import Receipt
from berg.store import Store

RETRY_S = 0.05
"""Pause before asking again for leases that another run holds."""
START_LIMIT_S = 120.0
"""Silence allowed to a process that is starting, however busy the machine is."""
LINGER_S = 1.0
"""How long an unused session stays resident: long enough for the next sentence to arrive."""


@dataclass(eq=False, slots=True)
class _Seat:
    """A worker, the job it does, the session it has, and the leases that go with both."""

    worker: WorkerProcess
    job: LocalJob | None = None
    leases: Leases = ()
    session: str | None = None
    session_leases: Leases = ()
    idle_since: float = 0.0
    taken: bool = False
    """Whether the worker has begun the job; before, it may be busy starting."""

    @property
    def patience(self) -> float:
        """Seconds of silence that are in order."""
        if self.job is None or not self.taken:
            return START_LIMIT_S
        return self.job.spec.time_limit_s


class LocalEngine:
    """Runs jobs in worker processes on this machine."""

    def __init__(self, store: Store, *, slots: int, memory_bytes: int) -> None:
        self._home = store.home
        self._slots = slots
        self._budget = Budget(store, slots=slots, memory_bytes=memory_bytes)
        self._queue = JobQueue()
        self._seats: list[_Seat] = []
        self._names = itertools.count(1)
        self._refused = False
        """Whether a job waits for leases that another run, or an idle session, holds."""
        self._retry: asyncio.TimerHandle | None = None
        self._watch: asyncio.Task[None] | None = None
        self._closed = False

    def submit(self, spec: JobSpec) -> LocalJob:
        """Queue a job."""
        job = LocalJob(spec, self._cancel)
        if self._closed:
            job.stop()
            return job
        self._queue.push(job)
        if self._watch is None:
            self._watch = asyncio.create_task(self._watch_over())
        self._pump()
        return job

    async def close(self) -> None:
        """End every worker, and every job that has not ended."""
        self._closed = True
        for timer in (self._watch, self._retry):
            if timer is not None:
                timer.cancel()
        for job in self._queue.drain():
            job.stop()
        for seat in self._seats:
            if seat.job is not None:
                seat.job.stop()
            await seat.worker.close()
            release(seat.leases + seat.session_leases)
        self._seats.clear()

    def _cancel(self, job: LocalJob) -> None:
        """Drop a waiting job; end the worker of a running one."""
        for seat in self._seats:
            if seat.job is job:
                seat.worker.kill("cancelled")
        job.stop()

    def _pump(self) -> None:
        """Start whatever can be started now, the most urgent first."""
        self._refused = False
        while not self._closed and self._start_one():
            pass
        if self._refused and (self._retry is None or self._retry.cancelled()):
            self._retry = asyncio.get_running_loop().call_later(RETRY_S, self._try_again)

    def _try_again(self) -> None:
        self._retry = None
        self._pump()

    def _start_one(self) -> bool:
        """Start the most urgent job that can get what it needs, if a slot is free."""
        busy = [seat for seat in self._seats if seat.job is not None]
        if len(busy) >= self._slots:
            return False
        sessions = {seat.session for seat in busy if seat.session}
        for job in self._queue.heads():
            if job.spec.runtime in sessions:
                continue
            if self._start(job):
                self._queue.remove(job)
                return True
            self._refused = True
        return False

    def _start(self, job: LocalJob) -> bool:
        """Lease what the job needs and hand it over; False when somebody else has it."""
        seat = self._seat_for(job.spec.runtime)
        session: Leases | None = ()
        opens = job.spec.runtime is not None and job.spec.runtime != seat.session
        if opens:
            self._drop_session(seat)
            session = self._budget.for_session(job.spec)
            if session is None:
                return False
        leases = self._budget.for_job(job.spec)
        if leases is None:
            release(session)
            return False
        if opens:
            seat.session, seat.session_leases = job.spec.runtime, session
        seat.job, seat.leases = job, leases
        seat.worker.send(asdict(job.spec))
        return True

    def _seat_for(self, runtime: str | None) -> _Seat:
        """An idle worker, best one with the right session; else a new one."""
        idle = [seat for seat in self._seats if seat.job is None]
        for seat in [seat for seat in idle if seat.session == runtime] or idle:
            return seat
        name = f"w{next(self._names)}"
        seat = _Seat(WorkerProcess(name, self._home, self._heard, self._died))
        self._seats.append(seat)
        return seat

    def _seat_of(self, worker: WorkerProcess) -> _Seat:
        return next(seat for seat in self._seats if seat.worker is worker)

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
            self._free(seat)
            if "error" in reply:
                job.fail(error_from(reply["error"]))
            else:
                job.succeed(Result(out=reply["out"], receipt=_receipt(reply["receipt"])))
            self._pump()

    def _died(self, worker: WorkerProcess, cause: str) -> None:
        seat = self._seat_of(worker)
        self._seats.remove(seat)
        job = seat.job
        self._free(seat)
        release(seat.session_leases)
        if job is not None:
            job.fail(WorkerDied(cause, where=job.spec.name))
        self._pump()

    def _free(self, seat: _Seat) -> None:
        release(seat.leases)
        seat.job, seat.leases, seat.taken, seat.idle_since = None, (), False, time.monotonic()

    def _drop_session(self, seat: _Seat) -> None:
        if seat.session is not None:
            seat.worker.send({"drop": True})
            release(seat.session_leases)
            seat.session, seat.session_leases = None, ()

    async def _watch_over(self) -> None:
        """End workers that have gone silent, and sessions that nobody needs."""
        while True:
            await asyncio.sleep(LINGER_S / 4)
            now = time.monotonic()
            for seat in list(self._seats):
                if seat.job is not None and now - seat.worker.heard > seat.patience:
                    limit = f"{seat.patience:g}"
                    seat.worker.kill(f"no sign of life for {limit} s, so its worker was ended")
                elif self._idles(seat, now):
                    self._drop_session(seat)

    def _idles(self, seat: _Seat, now: float) -> bool:
        if seat.job is not None or seat.session is None or now - seat.idle_since <= LINGER_S:
            return False
        return self._refused or not self._queue.waits_for(seat.session)


def _receipt(measured: dict[str, Any]) -> Receipt:
    watt_hours = energy_wh(measured["cpu_s"])
    return Receipt(**measured, amount=0.0, unit="", energy_wh=watt_hours)
