"""Running a command once: its answer, bounded in time and size."""

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from berg.children.ending import NotStarted, TookTooLong, end
from berg.children.environment import without_secrets

_LOOK_S = 0.2
"""How often it is looked at how much a command has said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandResult:
    """What a command came to."""

    status: int
    """Exit status; negative for the signal that ended it."""
    out: bytes
    """What it said on standard output, from the beginning."""
    err: bytes
    """The same on standard error."""


def run_once(
    command: Sequence[str],
    *,
    limit_s: float,
    data: bytes = b"",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    most_bytes: int = 1 << 20,
) -> CommandResult:
    """Run a command, without a shell, in a session of its own; `data` is its standard input.

    Ends when the command does; what it left running, such as an agent, is not waited for. After
    `limit_s` seconds, on any exception, or once it has said more than `most_bytes` on either
    stream it is ended with all that it started; a stream is then cut after one byte too many.
    `environment` is ours without berg's secrets, unless one is given.

    Raises NotStarted, TookTooLong.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                env=dict(environment) if environment is not None else without_secrets(),
                stdin=subprocess.PIPE if data else subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            raise NotStarted(str(getattr(error, "strerror", None) or error)) from None
        with process:
            try:
                _wait(process, data, time.monotonic() + limit_s, (out, err), most_bytes)
            finally:
                status = end(process)
        return CommandResult(
            status=status, out=_begun(out, most_bytes), err=_begun(err, most_bytes)
        )


def _wait(
    process: "subprocess.Popen[bytes]",
    data: bytes,
    until: float,
    streams: Sequence[IO[bytes]],
    most_bytes: int,
) -> None:
    """Until it ends or has said too much. Raises TookTooLong."""
    given: bytes | None = data or None
    while True:
        left = until - time.monotonic()
        if left <= 0:
            raise TookTooLong("took too long")
        try:
            process.communicate(given, timeout=min(left, _LOOK_S))
        except subprocess.TimeoutExpired:
            given = None  # communicate remembers what it has not written yet
            if any(stream.seek(0, 2) > most_bytes for stream in streams):
                return
        else:
            return


def _begun(stream: IO[bytes], most_bytes: int) -> bytes:
    stream.seek(0)
    return stream.read(most_bytes + 1)
