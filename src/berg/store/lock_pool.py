"""A pool of locked files, so that taking and giving back thousands of locks creates none.

Creating and unlinking a file for every claim gets slow by the thousand: ext4 does not reuse an
inode right after it was freed, and walks over all such at every new file. Here a file that is
already locked gets a second name (`link(2)`, which fails if the name is taken), and loses it again
when the lock is given back. A lock file is thus never seen unlocked while its maker lives.
"""

import itertools
import os
import threading
from pathlib import Path

from berg.store.locks import LockFile, try_lock


class PooledLock:
    """An exclusive lock on a name, by a locked file that the pool keeps."""

    __slots__ = ("_base", "_path", "_pool")

    def __init__(self, pool: "LockPool", path: Path, base: LockFile) -> None:
        self._pool = pool
        self._path = path
        self._base: LockFile | None = base

    def release(self) -> None:
        """Let go; a second call does nothing."""
        base, self._base = self._base, None
        if base is not None:
            self._pool.give_back(self._path, base)


class LockPool:
    """Locked files of one process, in `folder`, named `<owner>-<n>`."""

    def __init__(self, folder: Path, *, owner: str) -> None:
        self._folder = folder
        self._owner = owner
        self._count = itertools.count()
        self._free: list[LockFile] = []
        self._mutex = threading.Lock()
        self._closed = False
        self._links = True
        """Whether this file system has hard links; learned at the first attempt."""

    def try_lock(self, path: Path) -> PooledLock | LockFile | None:
        """Lock the name `path`; None if somebody holds it. Never waits. Raises OSError."""
        if not self._links:
            return try_lock(path)
        base = self._take()
        try:
            os.link(base.path, path)
        except FileExistsError:
            self._keep(base)
            return try_lock(path)  # held, or left by a process that died
        except OSError:
            base.release()
            self._links = False  # if the disk is what fails, this says so
            return try_lock(path)
        return PooledLock(self, path, base)

    def give_back(self, path: Path, base: LockFile) -> None:
        """Take the name away from a locked file, and keep the file for another."""
        if not base.ours:
            return
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass
        except OSError:
            base.release()  # the name can't be taken away, so the lock must go
            return
        self._keep(base)

    def close(self) -> None:
        """Let go of the files that are free."""
        with self._mutex:
            free, self._free = self._free, []
            self._closed = True
        for base in free:
            base.release()

    def _take(self) -> LockFile:
        with self._mutex:
            while self._free:
                base = self._free.pop()
                if base.ours:
                    return base
        while True:
            made = try_lock(self._folder / f"{self._owner}-{next(self._count)}")
            if made is not None:
                return made

    def _keep(self, base: LockFile) -> None:
        with self._mutex:
            if not self._closed:
                self._free.append(base)
                return
        base.release()
