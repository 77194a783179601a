"""StoreThread: where a store does what an event loop must not wait for, one thing after another.

Its own few lines instead of an executor's: a store that is dropped is closed by the garbage
collector, which may come at any moment and in any thread, also while that thread holds an
executor's locks. Nothing here holds a lock while it allocates, and a dropped store waits for
nobody.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from berg.errors import StoreError

P = ParamSpec("P")
T = TypeVar("T")

Asked = tuple[Callable[[], Any], "asyncio.Future[Any] | None"]


class StoreThread:
    """One thread, started when it is first needed."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    async def do(self, work: Callable[P, T], *args: P.args, **more: P.kwargs) -> T:
        """What `work` gives, without keeping the loop. Raises what it raises; StoreError once
        the store is closed."""
        if self._closed:
            raise StoreError("the store was closed while something was asked of it")
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._ask((partial(work, *args, **more), answer))
        return await answer

    def later(self, work: Callable[[], object]) -> None:
        """Do it after all that was asked before; once closed, at once."""
        if self._closed:
            work()
        else:
            self._ask((work, None))

    def close(self) -> None:
        """End it once all that was asked is done; waits for nothing."""
        if not self._closed:
            self._closed = True
            self._asked.put(None)

    def join(self) -> None:
        """Wait until it has ended, after `close`."""
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _ask(self, asked: Asked) -> None:
        self._asked.put(asked)
        if self._thread is None:
            thread = threading.Thread(
                target=_work_on, args=(self._asked,), name="berg-store", daemon=True
            )
            with self._starting:
                first = self._thread is None
                if first:
                    self._thread = thread
            if first:
                thread.start()


def _work_on(asked: "queue.SimpleQueue[Asked | None]") -> None:
    while (item := asked.get()) is not None:
        work, answer = item
        result, error = None, None
        try:
            result = work()
        except BaseException as raised:  # whoever asked gets it
            error = raised
        if answer is not None:
            with suppress(RuntimeError):  # its loop has ended
                answer.get_loop().call_soon_threadsafe(_settle, answer, result, error)
        del item, work, answer, result, error  # nothing is held while it waits


def _settle(answer: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if answer.done():
        return
    if error is not None:
        answer.set_exception(error)
    else:
        answer.set_result(result)
