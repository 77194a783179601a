"""A process of its own that works on a log or a witness until it is killed.

Processes are forked from a small server that has imported everything, so that a test can kill
many of them in a second.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from berg import faults
from berg.provenance.log import Witness
from tests.provenance.log.making import entries_of, key_of, log_at

_FORKING = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload([__name__])


class Hand:
    """A process that does `work(say, …)`; in a group of its own, as a kill takes the group."""

    def __init__(self, work: Callable[..., None], *words: Any, kill_at: str = "") -> None:
        self._ear, mouth = _FORKING.Pipe(duplex=False)
        self._process = _FORKING.Process(target=_begin, args=(work, mouth, kill_at, words))
        self._process.start()
        mouth.close()

    def said(self) -> Iterator[Any]:
        """What it says, until it ends."""
        while True:
            try:
                yield self._ear.recv()
            except EOFError:
                return

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def ending(self) -> int | None:
        """Exit code, once it has ended."""
        self._process.join(60)
        self._ear.close()
        code = self._process.exitcode
        self._process.close()
        return code


def _begin(
    work: Callable[..., None], say: Connection, kill_at: str, words: tuple[Any, ...]
) -> None:
    os.setsid()
    os.environ[faults.VARIABLE] = kill_at
    work(say, *words)


def killed_at(point: str, work: Callable[..., None], *words: Any) -> list[Any]:
    """What a process said before it died; it must have died at that point."""
    hand = Hand(work, *words, kill_at=point)
    said = list(hand.said())
    assert hand.ending() == -signal.SIGKILL, f"{point} was not passed"
    return said


def append(say: Connection, folder: Path, begin: int, end: int, step: int) -> None:
    """Append in batches, and say each checkpoint once it is published."""
    log = log_at(folder)
    for first in range(begin, end, step):
        log.append(entries_of(first, min(first + step, end)))
        head = log.head()
        say.send((head.size, head.root))


def witness(say: Connection, folder: Path, body: bytes) -> None:
    """Answer one add-checkpoint request."""
    logs = [log_at(folder).verifier]
    here = Witness(folder, key=key_of("witness"), name="w.example", logs=logs)
    say.send(here.add_checkpoint(body).status)
