"""One worker process, as the engine holds it: start, hand over jobs, hear replies, notice death."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from berg.errors import WorkerDied

REPLY_LIMIT = 64 << 20
"""Longest reply, bytes: a long film's timeline is well below."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One job, one core: the slots are the parallelism, and results must not hang on a thread count."""


class WorkerProcess:
    """A worker and what it is busy with."""

    def __init__(
        self,
        name: str,
        home: Path,
        on_reply: Callable[["WorkerProcess", Any], None],
        on_death: Callable[["WorkerProcess", str], None],
    ) -> None:
        self.name = name
        self._home = home
        self._on_reply = on_reply
        self._on_death = on_death
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._log = home / "scratch" / f"{os.getpid()}-{name}.log"
        self.heard = time.monotonic()
        """When it last said anything."""
        self._verdict: str | None = None

    async def start(self) -> None:
        """Start the process."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "berg.engine.worker",
                str(self._home),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=REPLY_LIMIT,
                env={**os.environ, **ONE_THREAD},
            )
        self._reader = asyncio.create_task(self._read())
        if self._verdict is not None:  # it was to end before it had begun
            self._process.kill()

    @property
    def running(self) -> bool:
        """Whether the process was started."""
        return self._process is not None

    def send(self, message: Mapping[str, Any]) -> None:
        """Hand over a job (or `{"drop": true}`)."""
        assert self._process is not None
        assert self._process.stdin is not None
        self.heard = time.monotonic()
        with contextlib.suppress(ConnectionError):  # its death is told by the reader
            self._process.stdin.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")

    def kill(self, verdict: str) -> None:
        """End it at once; `verdict` says why."""
        self._verdict = verdict
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def close(self) -> None:
        """End it and forget it."""
        self._on_death = lambda worker, cause: None
        self.kill("closed")
        if self._process is not None:
            await self._process.wait()
        if self._reader is not None:
            await self._reader
        self._log.unlink(missing_ok=True)

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            self.heard = time.monotonic()
            self._on_reply(self, json.loads(line))
        code = await self._process.wait()
        self._on_death(self, self._verdict or _cause(code, self._last_words()))

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = self._log.read_text(errors="replace").strip().splitlines()
            return lines[-1][:300] if lines else ""
        return ""


def _cause(code: int, last_words: str) -> str:
    said = f" (it said: {last_words})" if last_words else ""
    if code >= 0:
        return f"its worker ended with status {code}{said}"
    name = signal.Signals(-code).name
    if -code == signal.SIGKILL:
        return (
            f"its worker was killed ({name}), most likely because memory ran out: close other "
            f"programs, or give berg fewer slots with BERG_SLOTS=1{said}"
        )
    return f"its worker crashed ({name}){said}"


def died(name: str, cause: str) -> WorkerDied:
    """The error for a step whose worker died."""
    return WorkerDied(cause, where=name)
