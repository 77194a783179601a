"""Warnings that lower rooms log reach people as one line, like every other notice."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def hear_warnings(tell: Callable[[str], None]) -> Iterator[None]:
    """Pass what berg's rooms log as a warning, or worse, to `tell`."""
    handler = _Teller(tell)
    log = logging.getLogger("berg")
    before, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.propagate = before


class _Teller(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        """Tell the message on one line."""
        self._tell(" ".join(record.getMessage().split()))
