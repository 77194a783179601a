"""One worker process, as the engine holds it: messages to it, replies from it, and its death."""

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

from berg.engine.secrets import Secrets, SecretsPipe

REPLY_LIMIT = 64 << 20
"""Longest reply, bytes: a long film's timeline is well below."""
LAST_WORDS = 2000
"""Bytes of standard error that are kept, to say why a worker died."""
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""One job, one core: the slots are the parallelism, and results must not hang on a thread count."""

OnReply = Callable[["WorkerProcess", Any], None]
OnDeath = Callable[["WorkerProcess", str], None]


class WorkerProcess:
    """A worker, started when it is first sent something. Its death is told once, with the cause."""

    def __init__(self, name: str, home: Path, on_reply: OnReply, on_death: OnDeath) -> None:
        self.name = name
        self.heard = time.monotonic()
        """When it last said anything, or was told something."""
        self._home = home
        self._on_reply = on_reply
        self._on_death = on_death
        self._process: asyncio.subprocess.Process | None = None
        self._life: asyncio.Task[None] | None = None
        self._unsent: list[bytes] = []
        self._verdict: str | None = None
        self._said = b""
        self._secrets = SecretsPipe()

    def send(self, message: Mapping[str, Any], secrets: Secrets | None = None) -> None:
        """Hand over a job (or `{"drop": true}`), and the secrets that it asks for."""
        self.heard = time.monotonic()
        if secrets:
            self._secrets.tell(message["id"], secrets)
        line = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
        self._unsent.append(line)
        if self._life is None:
            self._life = asyncio.create_task(self._live())
        self._flush()

    def kill(self, verdict: str) -> None:
        """End it at once, or as soon as it has started; `verdict` says why."""
        self._verdict = self._verdict or verdict
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def close(self) -> None:
        """End it and forget it; nothing is told any more."""
        self._on_reply = lambda worker, reply: None
        self._on_death = lambda worker, cause: None
        self.kill("closed")
        if self._life is not None:
            await self._life
        self._secrets.close()

    def _flush(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        lines, self._unsent = self._unsent, []
        with contextlib.suppress(ConnectionError):  # its death is told by its life's end
            self._process.stdin.writelines(lines)

    async def _live(self) -> None:
        cause = "its worker's replies could not be read"
        try:
            self._process = await self._start()
            if self._verdict is not None:
                self._process.kill()
            self._flush()
            cause = await self._until_death(self._process)
        except OSError as error:
            cause = f"its worker could not be started: {error.strerror or error}"
        finally:
            self._secrets.close()
            self._on_death(self, self._verdict or cause)

    async def _start(self) -> asyncio.subprocess.Process:
        pipe, secrets = asyncio.subprocess.PIPE, self._secrets.for_worker
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "berg.engine.worker", str(self._home), str(secrets)),
            pass_fds=(secrets,),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            limit=REPLY_LIMIT,
            env={**os.environ, **ONE_THREAD},
        )
        self._secrets.started()
        return process

    async def _until_death(self, process: asyncio.subprocess.Process) -> str:
        assert process.stdout is not None
        assert process.stderr is not None
        listener = asyncio.create_task(self._listen(process.stderr))
        try:
            while (line := await process.stdout.readline()).endswith(b"\n"):
                self.heard = time.monotonic()
                self._on_reply(self, json.loads(line))
        finally:  # the end, perhaps amid a reply; or a reply that nobody can read
            if process.returncode is None and not process.stdout.at_eof():
                process.kill()
            code = await process.wait()
            await asyncio.wait([listener], timeout=0.2)
            listener.cancel()
        return _cause(code, self._said.decode(errors="replace"))

    async def _listen(self, stream: asyncio.StreamReader) -> None:
        while chunk := await stream.read(LAST_WORDS):
            self._said = (self._said + chunk)[-LAST_WORDS:]


def _cause(code: int, said: str) -> str:
    lines = said.strip().splitlines()
    words = f" (it said: {lines[-1][:300]})" if lines else ""
    if code >= 0:
        return f"its worker ended with status {code}{words}"
    name = signal.Signals(-code).name
    if -code == signal.SIGKILL:
        return (
            f"its worker was killed ({name}), most likely because memory ran out: close other "
            f"programs, or give berg fewer slots with BERG_SLOTS=1{words}"
        )
    return f"its worker crashed ({name}){words}"
