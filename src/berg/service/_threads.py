"""Work that would block the loop, in threads of its own; and what is heard in them.

Threads are daemons: whoever does not wait for one any more lets it go on to its end, or to the
process's.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from berg.engine.observer import Observer
from berg.schema.events import Event

T = TypeVar("T")


async def aside(work: Callable[[], T]) -> T:
    """Do work in a thread. Whoever is cancelled meanwhile goes on at once: it is left behind."""
    return await _begin(work)


async def to_its_end(work: Callable[[], T]) -> T:
    """Do work in a thread. Whoever is cancelled meanwhile still waits for it, and then goes."""
    future = _begin(work)
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait([future])
        if not future.cancelled():
            future.exception()  # seen
        raise


def _begin(work: Callable[[], T]) -> "asyncio.Future[T]":
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def tell(give: Callable[[], None]) -> None:
        if not future.done():
            give()

    def run() -> None:
        try:
            found = work()
        except BaseException as error:  # whatever it is, it is raised where it is awaited
            raised = error
            with suppress(RuntimeError):  # the loop has been closed: nobody waits
                loop.call_soon_threadsafe(tell, lambda: future.set_exception(raised))
        else:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(tell, lambda: future.set_result(found))

    threading.Thread(target=run, name="berg-aside", daemon=True).start()
    return future


class FromAnyThread:
    """Passes on what is told in any thread, in order, in the thread of the loop that runs now."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()

    def event(self, event: Event) -> None:
        """Pass it on."""
        if threading.get_ident() == self._thread:
            self._observer.event(event)
            return
        with suppress(RuntimeError):  # the loop has been closed: nobody listens
            self._loop.call_soon_threadsafe(self._observer.event, event)
