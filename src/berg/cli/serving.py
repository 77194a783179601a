"""The service on the user's home, for commands, and people hearing of what it does.

Commands import this at their top; what is heavy comes when one of them runs.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from berg.held import held_signals
from berg.home import default_home

if TYPE_CHECKING:
    from berg.cli.progress import Progress
    from berg.service import Service


@contextmanager
def serving() -> "Iterator[Service]":
    """The service on the home, its progress and warnings shown on standard error."""
    with held_signals():
        from berg.service import Service

        progress = _progress(sys.stderr)
    try:
        with hear_warnings(progress.noticed), Service(default_home(), progress) as service:
            progress.tally.slots = service.node.cores
            yield service
    finally:
        progress.close()


@contextmanager
def hear_warnings(tell: Callable[[str], None]) -> Iterator[None]:
    """Pass what berg's rooms log as a warning, or worse, to `tell`: one line, as every notice."""
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


def _progress(stream: TextIO | None) -> "Progress":
    from berg.cli.live import LiveProgress
    from berg.cli.progress import Progress

    live = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    return LiveProgress(stream) if live else Progress(stream)
