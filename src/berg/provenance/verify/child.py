"""The checking process: opens files that nobody vouches for. `python -m` starts it.

Reads orders, then questions, from standard input; one line of JSON each. It can't write large
files, leaves no core, has bounded memory, and where the kernel lets it, no network. It ends when
its owner does: with standard input.
"""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress

GIB = 1 << 30
MEMORY_BYTES = 6 * GIB
"""Of address space: a picture of 178 megapixels is searched in less; a bomb is not."""
FILE_BYTES = 512 << 20
"""The C2PA library works on large files in files of its own."""
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET, see unshare(2)."""


def main() -> None:
    """Answer until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the owner's to answer
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what libraries print is no answer
    confine()
    from berg.provenance.verify.desk import serve

    serve(sys.stdin.buffer, replies)


def confine() -> None:
    """Take from this process what checking files never needs. Before anything else is imported."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_BYTES)
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    if unshare is not None and unshare(_NEW_NET) != 0:
        unshare(_NEW_USER | _NEW_NET)  # refused in many containers; then settings alone forbid it


def _limit(what: int, value: int) -> None:
    _, most = resource.getrlimit(what)
    bound = value if most == resource.RLIM_INFINITY else min(value, most)
    with suppress(OSError, ValueError):  # a system without this limit
        resource.setrlimit(what, (bound, bound))


if __name__ == "__main__":
    main()
