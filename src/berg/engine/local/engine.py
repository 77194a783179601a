"""The local engine: a queue of jobs by priority, and as many worker processes as slots.

Slots, memory and sessions are leased from the home, so that several runs on one machine share
them: nobody loads a model twice, and nobody fills the memory.
"""

import asyncio
import heapq
import itertools
import time
from dataclasses import asdict, dataclass
from typing import Any

from berg.engine.interface import Event, JobSpec, Progress, Result, Started
from berg.engine.local.process import WorkerProcess, died
from berg.engine.worker import error_from
from berg.errors import Interrupted
from berg.meter.energy import energy_wh
from berg.schema.receipt import Receipt
from berg.store import Lease, Store
from berg.units import MIB

MEMORY_UNIT = 64 * MIB
"""Granularity of the memory budget."""
RETRY_S = 0.05
"""Pause before asking again for a lease that another run holds."""
START_LIMIT_S = 120.0
"""Silence allowed to a process that is starting, however busy the machine is."""
LINGER_S = 1.0
"""How long an unused session stays resident: long enough for the next sentence to arrive."""


class LocalJob:
    """A job in the queue or in a worker."""

    def __init__(self, spec: JobSpec, engine: "LocalEngine") -> None:
        self.spec = spec
        self._engine = engine
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    async def events(self) -> Any:
        """Events until the job ends."""
        while (event := await self._events.get()) is not None:
            yield event

    async def result(self) -> Result:
        """The result, or the error."""
        return await asyncio.shield(self.done)

    def cancel(self) -> None:
        """Stop or drop it."""
        self._engine.cancel(self)

    def tell(self, event: Event) -> None:
        """Pass an event on."""
        self._events.put_nowait(event)

    def end(self, result: Result | None, error: BaseException | None = None) -> None:
        """Settle the job, once."""
        if self.done.done():
            return
        if error is not None:
            self.done.set_exception(error)
            self.done.exception()
        elif result is not None:
            self.done.set_result(result)
        self._events.put_nowait(None)


@dataclass(eq=False, slots=True)
class _Seat:
    """A worker, the job it does, and the leases that go with both."""

    worker: WorkerProcess
    job: LocalJob | None = None
    leases: tuple[Lease, ...] = ()
    session_leases: tuple[Lease, ...] = ()
    idle_since: float = 0.0
    taken: bool = False
    """Whether the worker has begun the job; before, it may be busy starting."""


class LocalEngine:
    """Runs jobs in worker processes on this machine."""

    def __init__(self, store: Store, *, slots: int, memory_bytes: int) -> None:
        self._store = store
        self._slots = slots
        self._memory_units = max(1, memory_bytes // MEMORY_UNIT)
        self._queues: dict[str | None, list[tuple[float, int, LocalJob]]] = {}
        self._order = itertools.count()
        self._seats: list[_Seat] = []
        self._names = itertools.count(1)
        self._wake: asyncio.TimerHandle | None = None
        self._watch: asyncio.Task[None] | None = None
        self._starting: set[asyncio.Task[None]] = set()
        self._closed = False

    def submit(self, spec: JobSpec) -> LocalJob:
        """Queue a job."""
        job = LocalJob(spec, self)
        queue = self._queues.setdefault(spec.runtime, [])
        heapq.heappush(queue, (-spec.priority, next(self._order), job))
        if self._watch is None:
            self._watch = asyncio.create_task(self._watch_over())
        self._pump()
        return job

    def cancel(self, job: LocalJob) -> None:
        """Drop a waiting job; end the worker of a running one."""
        for seat in self._seats:
            if seat.job is job:
                seat.worker.kill("cancelled")
        job.end(None, Interrupted("stopped", where=job.spec.name))

    async def close(self) -> None:
        """End every worker."""
        self._closed = True
        if self._watch is not None:
            self._watch.cancel()
        if self._wake is not None:
            self._wake.cancel()
        for task in list(self._starting):
            await task
        for seat in self._seats:
            if seat.job is not None:
                seat.job.end(None, Interrupted("stopped", where=seat.job.spec.name))
            await seat.worker.close()
            _release(seat.leases + seat.session_leases)
        self._seats.clear()

    def _pump(self) -> None:
        """Start whatever can be started now."""
        while not self._closed:
            job = self._pick()
            if job is None:
                return
            if not self._start(job):
                self._requeue(job)
                self._wake_later()
                return

    def _pick(self) -> LocalJob | None:
        """The most urgent job whose session isn't busy elsewhere."""
        if sum(seat.job is not None for seat in self._seats) >= self._slots:
            return None
        best: str | None = None
        found = False
        for runtime, queue in self._queues.items():
            while queue and queue[0][2].done.done():
                heapq.heappop(queue)
            if not queue or (runtime is not None and self._session_busy(runtime)):
                continue
            if not found or queue[0] < self._queues[best][0]:
                best, found = runtime, True
        return heapq.heappop(self._queues[best])[2] if found else None

    def _session_busy(self, runtime: str) -> bool:
        return any(s.worker.session == runtime and s.job is not None for s in self._seats)

    def _requeue(self, job: LocalJob) -> None:
        heapq.heappush(self._queues[job.spec.runtime], (-job.spec.priority, 0, job))

    def _start(self, job: LocalJob) -> bool:
        """Lease what the job needs and hand it over; False when another run holds it."""
        seat = self._seat_for(job.spec)
        session = self._lease_session(seat, job.spec)
        if session is None:
            return False
        leases = self._lease_all(
            ("cpu", 1, self._slots),
            ("memory", self._units(job.spec.memory_bytes), self._memory_units),
        )
        if leases is None:
            _release(session)
            return False
        seat.job, seat.leases = job, leases
        seat.session_leases += session
        if job.spec.runtime is not None:
            seat.worker.session = job.spec.runtime
        self._hand_over(seat, job)
        return True

    def _seat_for(self, spec: JobSpec) -> _Seat:
        idle = [seat for seat in self._seats if seat.job is None]
        wanted = [seat for seat in idle if seat.worker.session == spec.runtime]
        if wanted or idle:
            return (wanted or idle)[0]
        worker = WorkerProcess(f"w{next(self._names)}", self._store.home, self._heard, self._died)
        seat = _Seat(worker)
        self._seats.append(seat)
        return seat

    def _lease_session(self, seat: _Seat, spec: JobSpec) -> tuple[Lease, ...] | None:
        if spec.runtime is None or seat.worker.session == spec.runtime:
            return ()
        if seat.worker.session is not None:
            self._drop_session(seat)
        return self._lease_all(
            (f"session/{spec.runtime}", 1, 1),
            ("memory", self._units(spec.session_bytes), self._memory_units),
        )

    def _units(self, size: int) -> int:
        """Units of memory, at most all but one: a job larger than the budget runs alone."""
        return min(-(-size // MEMORY_UNIT), max(1, self._memory_units // 2))

    def _lease_all(self, *wanted: tuple[str, int, int]) -> tuple[Lease, ...] | None:
        got: list[Lease] = []
        for resource, units, capacity in wanted:
            if units == 0:
                continue
            lease = self._store.lease(resource, units, capacity)
            if lease is None:
                _release(tuple(got))
                return None
            got.append(lease)
        return tuple(got)

    def _hand_over(self, seat: _Seat, job: LocalJob) -> None:
        if seat.worker.running:
            seat.worker.send(asdict(job.spec))
            return
        task = asyncio.create_task(self._start_worker(seat, job))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_worker(self, seat: _Seat, job: LocalJob) -> None:
        await seat.worker.start()
        seat.worker.send(asdict(job.spec))

    def _heard(self, worker: WorkerProcess, reply: Any) -> None:
        seat = self._seat_of(worker)
        job = seat.job
        if job is None or reply["id"] != job.spec.id:
            return
        if "taken" in reply:
            seat.taken = True
            job.tell(Started(worker=worker.name))
            return
        if "progress" in reply:
            job.tell(Progress(done=reply["progress"]))
            return
        self._free(seat)
        if "error" in reply:
            job.end(None, error_from(reply["error"]))
        else:
            job.end(Result(out=reply["out"], receipt=_receipt(reply["receipt"])))
        self._pump()

    def _died(self, worker: WorkerProcess, cause: str) -> None:
        seat = self._seat_of(worker)
        self._seats.remove(seat)
        job = seat.job
        self._free(seat)
        _release(seat.session_leases)
        if job is not None:
            job.end(None, died(job.spec.name, cause))
        self._pump()

    def _seat_of(self, worker: WorkerProcess) -> _Seat:
        return next(seat for seat in self._seats if seat.worker is worker)

    def _free(self, seat: _Seat) -> None:
        _release(seat.leases)
        seat.job, seat.leases, seat.taken, seat.idle_since = None, (), False, time.monotonic()

    def _drop_session(self, seat: _Seat) -> None:
        seat.worker.send({"drop": True})
        seat.worker.session = None
        _release(seat.session_leases)
        seat.session_leases = ()

    def _wake_later(self) -> None:
        if self._wake is None or self._wake.when() <= asyncio.get_running_loop().time():
            self._wake = asyncio.get_running_loop().call_later(RETRY_S, self._pump)

    async def _watch_over(self) -> None:
        """End workers that have gone silent, and sessions that nobody needs."""
        while True:
            await asyncio.sleep(LINGER_S / 4)
            now = time.monotonic()
            for seat in list(self._seats):
                limit = _patience(seat)
                if seat.job is not None and now - seat.worker.heard > limit:
                    seat.worker.kill(f"no sign of life for {limit:g} s, so its worker was ended")
                elif self._unneeded(seat, now):
                    self._drop_session(seat)

    def _unneeded(self, seat: _Seat, now: float) -> bool:
        runtime = seat.worker.session
        return (
            seat.job is None
            and runtime is not None
            and now - seat.idle_since > LINGER_S
            and not self._queues.get(runtime)
        )


def _patience(seat: _Seat) -> float:
    """Seconds of silence that are in order."""
    if seat.job is None or not seat.taken:
        return START_LIMIT_S
    return seat.job.spec.time_limit_s


def _release(leases: tuple[Lease, ...]) -> None:
    for lease in leases:
        lease.release()


def _receipt(measured: dict[str, Any]) -> Receipt:
    watt_hours = energy_wh(measured["cpu_s"])
    return Receipt(**measured, amount=0.0, unit="", energy_wh=watt_hours)
