"""Claims and leases: who makes what, and who may use how much of the machine.

A claim is exclusive: one result is made by one process. A lease takes units of a counted resource
(slots, memory, room for a resident model) that all processes on this home share. Neither waits,
so nobody can hold one thing while waiting for another: deadlock can't arise. Both are `flock`s,
and so a killed process gives everything back.
"""

import itertools
import os
from pathlib import Path

from berg.errors import StoreError
from berg.store._disk import disk
from berg.store.layout import HomeLayout, file_name
from berg.store.lock_pool import LockPool, PooledLock
from berg.store.locks import LockFile, try_lock, wait_alone

_MUTEX_WAIT_S = 0.1
"""Its holder works for microseconds; only a stopped process makes us wait this long."""

_count = itertools.count()


class _HeldLock:
    """Something held by one lock file; also a context manager."""

    __slots__ = ("_lock",)

    def __init__(self, lock: PooledLock | LockFile) -> None:
        self._lock = lock

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        self._lock.release()

    def __exit__(self, *_: object) -> None:
        self.release()


class FileClaim(_HeldLock):
    """The exclusive right to make one result; held until released or the process dies."""

    __slots__ = ("key",)

    def __init__(self, key: str, lock: PooledLock | LockFile) -> None:
        super().__init__(lock)
        self.key = key

    def __enter__(self) -> "FileClaim":
        return self


class Lease(_HeldLock):
    """Units of a counted resource; held until released or the process dies."""

    __slots__ = ("resource", "units")

    def __init__(self, resource: str, units: int, lock: PooledLock | LockFile) -> None:
        super().__init__(lock)
        self.resource = resource
        self.units = units

    def __enter__(self) -> "Lease":
        return self


def try_claim(layout: HomeLayout, pool: LockPool, key: str) -> FileClaim | None:
    """A claim on `key`, or None while somebody else (here or elsewhere) has it."""
    with disk(layout.claims):
        lock = pool.try_lock(layout.claims / file_name(key))
    return FileClaim(key, lock) if lock else None


def try_lease(
    layout: HomeLayout, pool: LockPool, resource: str, *, units: int, capacity: int
) -> Lease | None:
    """All of `units`, or None when fewer are free.

    Asking for more than the whole capacity is asking for all of it: a step larger than the
    machine runs alone instead of never.
    """
    wanted = min(units, capacity)
    folder = layout.leases / file_name(resource)
    with disk(folder):
        folder.mkdir(exist_ok=True)
        try:
            mutex = wait_alone(folder / "mutex", wait_s=_MUTEX_WAIT_S)
        except StoreError:
            return None
        with mutex:
            if _units_out(folder) + wanted > capacity:
                return None
            lock = pool.try_lock(folder / f"{wanted}-{os.getpid()}-{next(_count)}")
    return Lease(resource, wanted, lock) if lock else None


def _units_out(folder: Path) -> int:
    """Units that living processes hold; what the dead left is removed. Under the mutex only."""
    total = 0
    for entry in os.listdir(folder):
        if entry == "mutex":
            continue
        left = try_lock(folder / entry)
        if left is None:
            total += int(entry.partition("-")[0])
        else:
            left.release()
    return total
