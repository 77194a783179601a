"""Imports that are put off until somebody needs them, with signals held meanwhile.

An import that is broken off in a library's native part ends in panic.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_signals() -> Iterator[None]:
    """SIGINT and SIGTERM wait until the block has ended; of this thread."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
