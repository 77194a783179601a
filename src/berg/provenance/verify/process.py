"""A checking process, as its owner holds it: asked one thing at a time, ended when it hangs.

Whatever a hostile file does to a codec or to the C2PA library, it does there.
"""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import IO

from berg.provenance.verify.orders import Inquiry, Orders

MOST_REPLY = 8 << 20
"""Bytes of one answer; every layer is bounded well below."""
_LAST_WORDS = 2000
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Died(Exception):  # noqa: N818 - told, not raised to users
    """The process ended, hung or lost its speech; says why, in words."""


class Checker:
    """One process; started when first asked, and anew after it died. For one thread."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._closed = False

    def ask(self, ask: Inquiry, *, limit_s: float) -> bytes:
        """One answer, a line of JSON. Raises Died."""
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(ask.model_dump_json().encode() + b"\n")
            process.stdin.flush()
            return _line(process.stdout, until=time.monotonic() + limit_s)
        except TimeoutError:
            self._end()
            raise Died(f"it took longer than {limit_s:.0f} s") from None
        except (OSError, EOFError):
            raise Died(self._cause()) from None

    @property
    def stopped(self) -> bool:
        """Whether it was ended for good."""
        return self._closed

    def stop(self) -> None:
        """End the process from another thread, for good: whoever asks it gets Died."""
        self._closed = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process."""
        self._closed = True
        self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise Died("stopped")
        if self._process is None:
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
            try:
                self._process = subprocess.Popen(
                    [sys.executable, "-m", "berg.provenance.verify.child"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._said,
                    env={**os.environ, **_ONE_THREAD},
                )
            except OSError as error:  # no memory, no process left, an interpreter that was moved
                self._said.close()
                why = error.strerror or error
                raise Died(f"the checking process can't be started: {why}") from None
            assert self._process.stdin is not None
            with suppress(OSError):  # its death is told when it is asked
                self._process.stdin.write(self._orders.model_dump_json().encode() + b"\n")
        return self._process

    def _cause(self) -> str:
        """Why it died; afterwards there is none."""
        assert self._process is not None
        self._process.kill()  # it may have closed its output only
        code = self._process.wait()
        words = self._last_words()
        self._end()
        if code == -signal.SIGKILL:
            return "the checking process was killed, most likely because memory ran out"
        if code < 0:
            return f"the checking process crashed ({signal.Signals(-code).name})"
        return f"the checking process ended with status {code}{words}"

    def _last_words(self) -> str:
        assert self._said is not None
        self._said.seek(0, os.SEEK_END)
        self._said.seek(max(0, self._said.tell() - _LAST_WORDS))
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return f" (it said: {lines[-1][:200]})" if lines else ""

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, self._said):
            with suppress(OSError):
                assert pipe is not None
                pipe.close()


def _line(stream: IO[bytes], *, until: float) -> bytes:
    """Raises TimeoutError; EOFError for an end or for a line that is too long."""
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise TimeoutError
            part = os.read(stream.fileno(), 1 << 16)
            size += len(part)
            if not part or size > MOST_REPLY:
                raise EOFError
            parts.append(part)
            if part.endswith(b"\n"):
                return b"".join(parts)
