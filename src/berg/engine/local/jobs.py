"""Jobs of the local engine, and the queue in which they wait: runs take turns, and of a run the
most urgent job goes first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Set

from berg.engine.interface import JobEvent, JobSpec, Result
from berg.engine.secrets import Secrets
from berg.schema.needs import Session


class LocalJob:
    """A job in the queue or in a worker."""

    def __init__(
        self,
        spec: JobSpec,
        cancel: Callable[["LocalJob"], None],
        secrets: Secrets | None = None,
    ) -> None:
        self.spec = spec
        self.secrets = secrets
        """Secrets for its worker alone."""
        self._cancel = cancel
        self._events: asyncio.Queue[JobEvent | None] = asyncio.Queue()
        self.blocked = False
        """Whether it was told that it waits for another run."""
        self._end: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    @property
    def ended(self) -> bool:
        """Whether it has a result or an error."""
        return self._end.done()

    async def events(self) -> AsyncIterator[JobEvent]:
        """Events until the job ends."""
        while (event := await self._events.get()) is not None:
            yield event

    async def result(self) -> Result:
        """The result, or the error."""
        return await asyncio.shield(self._end)

    def cancel(self) -> None:
        """Stop or drop it."""
        self._cancel(self)

    def tell(self, event: JobEvent) -> None:
        """Pass an event on."""
        self._events.put_nowait(event)

    def succeed(self, result: Result) -> None:
        """It has a result."""
        if not self._end.done():
            self._end.set_result(result)
            self._events.put_nowait(None)

    def fail(self, error: BaseException) -> None:
        """It has none, and why."""
        if not self._end.done():
            self._end.set_exception(error)
            self._end.exception()  # seen, even if nobody asks for the result any more
            self._events.put_nowait(None)


Heap = list[tuple[float, int, LocalJob]]


class JobQueue:
    """Waiting jobs, apart by their run and by the session they want: a run with much to do holds
    up no other, and a busy session holds up none that do without it."""

    def __init__(self) -> None:
        self._runs: dict[str, dict[Session | None, Heap]] = {}
        """Jobs by run, the one whose turn it is first; only runs that have jobs."""
        self._order = itertools.count()

    def put(self, job: LocalJob, *, back: bool = False) -> None:
        """Add a job; `back`: it was taken too early, so it and its run are next again."""
        order, run = next(self._order), job.spec.run
        if back:
            self._runs = {run: self._runs.get(run, {}), **self._runs}
        heap = self._runs.setdefault(run, {}).setdefault(job.spec.needs.session, [])
        heapq.heappush(heap, (-job.spec.priority, -order if back else order, job))

    def take(self, blocked: Set[Session | None]) -> LocalJob | None:
        """The most urgent job that wants none of the blocked sessions, of the first run in turn
        that has one; then it is the next run's turn."""
        for run, heaps in list(self._runs.items()):
            job = _most_urgent(heaps, blocked)
            if not any(heaps.values()):
                del self._runs[run]
            elif job is not None:
                self._runs[run] = self._runs.pop(run)
            if job is not None:
                return job
        return None

    def wants(self, session: Session | None) -> bool:
        """Whether a job waits for this session."""
        return any(
            not job.ended for heaps in self._runs.values() for _, _, job in heaps.get(session, ())
        )

    def drain(self) -> list[LocalJob]:
        """All waiting jobs, taken away."""
        heaps = [heap for heaps in self._runs.values() for heap in heaps.values()]
        self._runs.clear()
        return [job for heap in heaps for _, _, job in heap]


def _most_urgent(
    heaps: dict[Session | None, Heap], blocked: Set[Session | None]
) -> LocalJob | None:
    heads = []
    for session, heap in heaps.items():
        while heap and heap[0][2].ended:  # cancelled while it waited
            heapq.heappop(heap)
        if heap and session not in blocked:
            heads.append(heap)
    return heapq.heappop(min(heads, key=lambda heap: heap[0][:2]))[2] if heads else None
