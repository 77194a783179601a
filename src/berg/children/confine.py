"""What a child takes from itself before it touches what nobody vouches for. Light: it comes first.

Limits are the kernel's (setrlimit(2)), and hold for whatever the child starts as well.
"""

import ctypes
import resource
from contextlib import suppress
from dataclasses import dataclass

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET, see unshare(2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a confined child may use."""

    memory_bytes: int
    """Bytes of address space: mapped files and the stacks of threads count, too."""
    file_bytes: int
    """The largest file that it can write."""


def confine(limits: Limits) -> None:
    """Take from this process large files, cores, memory beyond a bound and, where the kernel lets
    it, the network. For good. To be called before threads are started.

    Where the kernel refuses to take the network (in many containers), settings alone forbid it.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, limits.file_bytes)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    libc = ctypes.CDLL(None, use_errno=True)
    unshare = getattr(libc, "unshare", None)
    if unshare is not None and unshare(_NEW_NET) != 0:
        unshare(_NEW_USER | _NEW_NET)


def spend(seconds: int) -> None:
    """From now on this process may use so many seconds of processor time; then it is ended."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(spent.ru_utime + spent.ru_stime) + seconds
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, most))


def _limit(what: int, value: int) -> None:
    _, most = resource.getrlimit(what)
    bound = value if most == resource.RLIM_INFINITY else min(value, most)
    with suppress(OSError, ValueError):  # a system without this limit
        resource.setrlimit(what, (bound, bound))
