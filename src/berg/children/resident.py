"""A resident child, as its owner holds it: asked one thing at a time, ended when it hangs."""

import os
import select
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from berg.children.ending import ChildEnded, NotStarted, TookTooLong, cause_of, end
from berg.children.environment import confined
from berg.children.owner import HEAD

GRACE_S = 5.0
"""How long a child that has closed its output may take to end: its status says why it did."""
_LAST_WORDS = 2000


class Resident:
    """A program that answers (`Owner`); started when first asked, and anew after it ended.

    It leads a session of its own, inherits no open file and gets what of the environment it needs.
    For one thread, but `kill`.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        most_bytes: int,
        first: bytes | None = None,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`most_bytes` bounds one answer. `first` is told to each new process, without an answer.
        `environment` comes over what every confined child gets."""
        self._command, self._most_bytes, self._first = list(command), most_bytes, first
        self._folder, self._environment = folder, dict(environment or {})
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None

    def ask(self, message: bytes, *, limit_s: float) -> bytes:
        """The answer, within so many seconds; the time to start counts.

        Raises:
            TookTooLong: it was ended.
            NotStarted: there is no room for it, or no such program.
            ChildEnded: it crashed, was killed, or said too much; why, in words.
        """
        until = time.monotonic() + limit_s
        process = self._running(until)
        try:
            _write(process, message, until)
            return self._answer(process, until)
        except TimeoutError:
            self.close()
            raise TookTooLong(f"took longer than {limit_s:.0f} s") from None
        except (OSError, EOFError):
            raise ChildEnded(self._cause()) from None

    def kill(self) -> None:
        """End it from another thread: whoever asks it at the moment gets ChildEnded."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        end(process)
        for pipe in (process.stdin, process.stdout, self._said):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()

    def _running(self, until: float) -> "subprocess.Popen[bytes]":
        if self._process is not None:
            return self._process
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                cwd=self._folder,
                env={**confined(), **self._environment},
                start_new_session=True,
            )
        except OSError as error:  # no memory, no process left, an interpreter that was moved
            self._said.close()
            raise NotStarted(f"can't be started: {error.strerror or error}") from None
        self._process = process
        if self._first is not None:
            with suppress(OSError):  # its end is told when it is asked
                _write(process, self._first, until)
        return process

    def _answer(self, process: "subprocess.Popen[bytes]", until: float) -> bytes:
        size = int.from_bytes(_read(process, HEAD, until), "big")
        if size > self._most_bytes:
            process.kill()
            raise EOFError
        return _read(process, size, until)

    def _cause(self) -> str:
        """Why it ended; afterwards there is none."""
        assert self._process is not None
        try:
            status = self._process.wait(GRACE_S)
        except subprocess.TimeoutExpired:  # it has closed its output only
            status = end(self._process)
        words = self._last_words()
        self.close()
        return cause_of(status, words)

    def _last_words(self) -> str:
        assert self._said is not None
        size = self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, size - _LAST_WORDS))
        return self._said.read().decode(errors="replace")


def _write(process: "subprocess.Popen[bytes]", message: bytes, until: float) -> None:
    """Raises TimeoutError; OSError for an end."""
    assert process.stdin is not None
    handle = process.stdin.fileno()
    os.set_blocking(handle, False)
    left = memoryview(len(message).to_bytes(HEAD, "big") + message)
    while left:
        _wait(handle, select.POLLOUT, until)
        left = left[os.write(handle, left) :]


def _read(process: "subprocess.Popen[bytes]", count: int, until: float) -> bytes:
    """Raises TimeoutError; EOFError for an end."""
    assert process.stdout is not None
    handle = process.stdout.fileno()
    found = bytearray()
    while len(found) < count:
        _wait(handle, select.POLLIN, until)
        part = os.read(handle, min(1 << 20, count - len(found)))
        if not part:
            raise EOFError
        found += part
    return bytes(found)


def _wait(handle: int, event: int, until: float) -> None:
    """Until a pipe is ready, or has ended. Raises TimeoutError."""
    poll = select.poll()  # select(2) knows no handle beyond 1023
    poll.register(handle, event)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TimeoutError
