"""How a child can end before it has answered, and ending it with all that it started."""

import os
import signal
import subprocess
from contextlib import suppress


class ChildEnded(Exception):  # noqa: N818 - told by whoever asked, in words of their own
    """It gave no answer. `str()` says why, to be read after the child's name: `was killed`."""


class NotStarted(ChildEnded):
    """It could not be started."""


class TookTooLong(ChildEnded):
    """It was ended, because it took longer than it may."""


def end(process: "subprocess.Popen[bytes]") -> int:
    """End a child that leads a session of its own, and what it started there; its exit status.

    A child that has ended by itself is only waited for: what it left running is meant to run.
    """
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


def cause_of(status: int, said: str = "") -> str:
    """Why a child ended, from its exit status and its last words."""
    if status == -signal.SIGKILL:
        return "was killed, most likely because memory ran out"
    if status < 0:
        return f"crashed ({signal.Signals(-status).name})"
    lines = said.strip().splitlines()
    return f"ended with status {status}" + (f" (it said: {lines[-1][:200]})" if lines else "")
