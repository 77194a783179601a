"""The local engine: worker processes for as many jobs as there are processors, fed from one queue.

A job takes all the leases it needs or none. Only a resident session is held while its next job
waits; one that does nothing is given up as soon as a job here is refused for want of leases, so
that runs which share a home can't lock each other out.
"""

import asyncio
import time
from dataclasses import dataclass
from itertools import count
from typing import Any

from berg.engine.interface import JobProgress, JobSpec, Result, Started, Waiting
from berg.engine.local.jobs import JobQueue, LocalJob
from berg.engine.local.leases import Held, Leases
from berg.engine.local.process import WorkerProcess
from berg.engine.secrets import Secrets
from berg.engine.worker import error_from
from berg.errors import Interrupted, StepError, WorkerDied
from berg.meter.energy import energy_wh
from berg.schema.needs import Session
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
    """What is held for the job; kept a moment after it, to be passed on to the next."""
    session: Session | None = None
    session_held: Held | None = None
    idle_since: float = 0.0

    def patience_s(self) -> float:
        """Seconds of silence that are in order."""
        return self.job.spec.time_limit_s if self.job and self.taken else START_LIMIT_S

    def lingers(self, now: float) -> bool:
        """Whether it has a session that has been doing nothing for a while."""
        idle = self.job is None and self.session is not None
        return idle and now - self.idle_since > LINGER_S

    def processors(self) -> int:
        """Cores that its job keeps busy."""
        return self.job.spec.needs.processors if self.job else 0

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
        self._watch: asyncio.Task[None] | None = None
        self._wake: asyncio.TimerHandle | None = None
        self._closed = False

    def submit(self, spec: JobSpec, secrets: Secrets | None = None) -> LocalJob:
        """Queue a job."""
        job = LocalJob(spec, self._cancel, secrets)
        if self._closed:
            _stop(job)
            return job
        if spec.needs.accelerator is not None:
            job.fail(_no_accelerator(spec))
            return job
        if self._watch is None:
            self._watch = asyncio.create_task(self._watch_over())
        self._queue.put(job)
        self._pump()
        return job

    async def close(self) -> None:
        """End every worker; jobs under way or waiting are cancelled."""
        self._closed = True
        for timer in (self._wake, self._watch):
            if timer is not None:
                timer.cancel()
        for job in self._queue.drain():
            _stop(job)
        for seat in self._seats:
            if seat.job is not None:
                _stop(seat.job)
            await seat.worker.close()
            seat.let_go()
            seat.let_session_go()
        self._seats.clear()

    def _cancel(self, job: LocalJob) -> None:
        """Drop a waiting job; end the worker of a running one."""
        for seat in self._seats:
            if seat.job is job:
                seat.worker.kill("cancelled")
        _stop(job)

    def _pump(self) -> None:
        """Start whatever can be started now."""
        busy = [seat for seat in self._seats if seat.job is not None]
        blocked: set[Session | None] = {seat.session for seat in busy if seat.session is not None}
        refused = False
        while not self._closed and (free := self._free()) > 0:
            job = self._queue.take(blocked)
            if job is None:
                break
            if min(job.spec.needs.processors, self._slots) > free:
                self._queue.put(job, back=True)  # it is the most urgent: nothing overtakes it
                break
            if self._start(job):
                blocked |= {job.spec.needs.session} - {None}
            else:
                self._queue.put(job, back=True)
                if not job.blocked:
                    job.blocked = True
                    job.tell(Waiting())
                blocked.add(job.spec.needs.session)
                refused = True
        for seat in self._seats:
            if seat.job is None:
                seat.let_go()
        if refused:
            self._give_up_idle_sessions()
            self._pump_later()

    def _free(self) -> int:
        """Processors that no job of ours keeps busy."""
        return self._slots - sum(min(s.processors(), self._slots) for s in self._seats)

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
        seat.worker.send(job.spec.to_message(), job.secrets)
        return True

    def _seat_for(self, spec: JobSpec) -> _Seat:
        """An idle seat with the session wanted, else any idle one, else a new one."""
        idle = [seat for seat in self._seats if seat.job is None]
        idle.sort(key=lambda seat: seat.session != spec.needs.session)
        if idle:
            return idle[0]
        name = f"w{next(self._numbers)}"
        seat = _Seat(WorkerProcess(name, self._home, self._heard, self._died))
        self._seats.append(seat)
        return seat

    def _give_session(self, seat: _Seat, spec: JobSpec) -> bool:
        wanted = spec.needs.session
        if wanted is None or seat.session == wanted:
            return True
        self._drop_session(seat)
        seat.session_held = self._leases.for_session(wanted)
        if seat.session_held is None:
            return False
        seat.session = wanted
        return True

    def _drop_session(self, seat: _Seat) -> None:
        if seat.session is not None:
            seat.worker.send({"drop": True})
            seat.let_session_go()

    def _heard(self, worker: WorkerProcess, reply: Any) -> None:
        seat = self._seat_of(worker)
        job = seat.job
        if job is None or reply["id"] != job.spec.id:
            return
        if "taken" in reply:
            seat.taken = True
            job.tell(Started(worker=worker.name))
        elif "progress" in reply:
            job.tell(JobProgress(done=reply["progress"]))
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
            seat.job.fail(WorkerDied(cause, where=seat.job.spec.name))
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
                elif seat.lingers(now) and not self._queue.wants(seat.session):
                    self._drop_session(seat)

    def _give_up_idle_sessions(self) -> None:
        """What a refused job lacks may be what a session of ours holds, wanted or not."""
        now = time.monotonic()
        for seat in self._seats:
            if seat.lingers(now):
                self._drop_session(seat)


def _stop(job: LocalJob) -> None:
    job.fail(Interrupted("stopped", where=job.spec.name))


def _no_accelerator(spec: JobSpec) -> StepError:
    return StepError(
        f"needs {spec.needs.accelerator}, and this engine runs on processors alone",
        where=spec.name,
    )


def _receipt(measured: dict[str, Any]) -> Receipt:
    watt_hours = energy_wh(measured["cpu_s"])
    return Receipt(**measured, amount=0.0, unit="", energy_wh=watt_hours)
