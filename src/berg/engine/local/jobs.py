"""Jobs of the local engine, and the queue in which they wait: most urgent first."""

import asyncio
import heapq
import itertools
from collections.abc import AsyncIterator, Callable, Set

from berg.engine.interface import Event, JobSpec, Result
from berg.schema.needs import Session


class LocalJob:
    """A job in the queue or in a worker."""

    def __init__(self, spec: JobSpec, cancel: Callable[["LocalJob"], None]) -> None:
        self.spec = spec
        self._cancel = cancel
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self.blocked = False
        """Whether it was told that it waits for another run."""
        self._end: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

    @property
    def ended(self) -> bool:
        """Whether it has a result or an error."""
        return self._end.done()

    async def events(self) -> AsyncIterator[Event]:
        """Events until the job ends."""
        while (event := await self._events.get()) is not None:
            yield event

    async def result(self) -> Result:
        """The result, or the error."""
        return await asyncio.shield(self._end)

    def cancel(self) -> None:
        """Stop or drop it."""
        self._cancel(self)

    def tell(self, event: Event) -> None:
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


class JobQueue:
    """Waiting jobs, apart by the session they want, so that a busy one blocks no others."""

    def __init__(self) -> None:
        self._heaps: dict[Session | None, list[tuple[float, int, LocalJob]]] = {}
        self._order = itertools.count()

    def put(self, job: LocalJob, *, back: bool = False) -> None:
        """Add a job; `back`: before others of its priority, since it was taken too early."""
        order = next(self._order)
        heap = self._heaps.setdefault(job.spec.needs.session, [])
        heapq.heappush(heap, (-job.spec.priority, -order if back else order, job))

    def take(self, blocked: Set[Session | None]) -> LocalJob | None:
        """The most urgent job that wants none of the blocked sessions."""
        heads = []
        for session, heap in self._heaps.items():
            while heap and heap[0][2].ended:  # cancelled while it waited
                heapq.heappop(heap)
            if heap and session not in blocked:
                heads.append(heap)
        if not heads:
            return None
        return heapq.heappop(min(heads, key=lambda heap: heap[0][:2]))[2]

    def wants(self, session: Session | None) -> bool:
        """Whether a job waits for this session."""
        return any(not job.ended for _, _, job in self._heaps.get(session, ()))

    def drain(self) -> list[LocalJob]:
        """All waiting jobs, taken away."""
        jobs = [job for heap in self._heaps.values() for _, _, job in heap]
        self._heaps.clear()
        return jobs
