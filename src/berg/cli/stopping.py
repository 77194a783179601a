"""Ctrl-C and SIGTERM: the first stops a make in good order, the second ends the process at once.

At once is safe too: what is in the store stays whole, and workers end with their driver.
"""

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from berg.errors import STOPPED, Interrupted

T = TypeVar("T")

STOPS = (signal.SIGINT, signal.SIGTERM)


def run_stoppably(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop of its own; the first signal cancels it. Raises Interrupted."""

    async def watched() -> T:
        task = asyncio.current_task()
        assert task is not None
        with first_cancels(task):
            return await work

    with restoring_signals():
        try:
            return asyncio.run(watched())
        except asyncio.CancelledError:
            raise Interrupted(STOPPED) from None


@contextmanager
def restoring_signals() -> Iterator[None]:
    """Afterwards signals are answered as they were before, whatever was set inside."""
    before = {number: signal.getsignal(number) for number in STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            _answer(number, handler)


@contextmanager
def first_cancels(task: "asyncio.Task[Any]") -> Iterator[None]:
    """Inside a running loop: the first signal cancels the task, the next is the system's.

    Afterwards, if none came, a signal interrupts what runs; `restoring_signals` puts the rest back.
    """
    loop = asyncio.get_running_loop()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        for number in STOPS:
            loop.remove_signal_handler(number)
            _answer(number, signal.SIG_DFL)
        task.cancel()

    with suppress(ValueError, RuntimeError, NotImplementedError):  # not the main thread
        for number in STOPS:
            loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        if not stopped:
            for number in STOPS:
                loop.remove_signal_handler(number)
                _answer(number, signal.default_int_handler)


def _answer(number: signal.Signals, handler: Any) -> None:
    with suppress(ValueError, TypeError):  # not the main thread, or not set by Python
        signal.signal(number, handler)
