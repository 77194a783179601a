"""Named points at which a test may kill the process, to prove that nothing is lost there.

Does nothing unless the environment names a point. This is not error handling: it stands in for
the power cord.
"""

import os
import signal
import threading

VARIABLE = "BERG_KILL_AT"
"""Environment variable that names the point; `name:N` means the N-th time it is passed."""

_passed: dict[str, int] = {}
_counting = threading.Lock()


def point(name: str) -> None:
    """Kill the whole process group here if the environment names this point."""
    wanted = os.environ.get(VARIABLE)
    if not wanted:
        return
    target, _, count = wanted.partition(":")
    if target != name:
        return
    with _counting:
        _passed[name] = _passed.get(name, 0) + 1
        if _passed[name] >= int(count or "1"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
