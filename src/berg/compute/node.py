"""Probing this machine: cores and memory that steps may use."""

import os
import platform
from pathlib import Path

from berg.errors import RequestError
from berg.schema.node import Node
from berg.units import GIB, MIB

SHARE_OF_MEMORY = 0.7
"""Part of the memory that steps may fill together; the rest is for the system and the user."""


def probe_node() -> Node:
    """This machine as it is for this process: affinity and container limits counted.

    `BERG_SLOTS` and `BERG_MEMORY_MIB` override what was found.
    """
    return Node(
        cpu=_cpu_name(),
        cores=_from_env("BERG_SLOTS") or _cores(),
        memory_bytes=(_from_env("BERG_MEMORY_MIB") or 0) * MIB
        or int(_memory_bytes() * SHARE_OF_MEMORY),
    )


def _from_env(name: str) -> int | None:
    text = os.environ.get(name)
    if not text:
        return None
    if not text.isdecimal() or int(text) < 1:
        raise RequestError(f"{name} is {text[:40]!r}; it must be a whole number from 1 up")
    return int(text)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory_bytes() -> int:
    known = hasattr(os, "sysconf")
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if known else 4 * GIB]
    limit = Path("/sys/fs/cgroup/memory.max")
    if limit.is_file() and (text := limit.read_text().strip()).isdecimal():
        found.append(int(text))
    return min(found)


def _cpu_name() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
