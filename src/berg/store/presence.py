"""Presence: this process on a home, and the names by which others see whose a file is."""

import itertools
import os
import secrets
import weakref
from pathlib import Path

from berg.store._disk import disk
from berg.store.layout import HomeLayout
from berg.store.locks import LockFile, try_lock
from berg.store.sweep import sweep
from berg.units import MIB

SHORT_OF_ROOM_BYTES = 256 * MIB
"""With less room than this left, opening a home first removes what killed processes left in it."""


class Presence:
    """The home's folders, and a lock that is held while this process has the home open."""

    def __init__(self, home: Path) -> None:
        """Open or create the folders. Raises StoreError: read-only, full, not permitted."""
        self.layout = HomeLayout(Path(os.path.abspath(home)))
        self._alive = _sign_of_life(self.layout)
        self._close = weakref.finalize(self, _close, self._alive, pid=os.getpid())
        self._count = itertools.count()

    @property
    def lock(self) -> Path:
        """The file of the lock; its name begins those of all that is this process's."""
        return self._alive.path

    def scratch(self) -> Path:
        """A new empty folder; the caller removes it, and `gc` does if the caller dies first."""
        folder = self.layout.scratch / self._own_name()
        with disk(folder):
            folder.mkdir()
        return folder

    def aside(self) -> Path:
        """A new path for a file that is being written."""
        return self.layout.aside / self._own_name()

    def close(self) -> None:
        """This process has the home open no more."""
        self._close()

    def _own_name(self) -> str:
        return f"{self.lock.name}-{next(self._count)}"


def _sign_of_life(layout: HomeLayout) -> LockFile:
    with disk(layout.home):
        layout.make()
        facts = os.statvfs(layout.home)
        if facts.f_bavail * facts.f_frsize < SHORT_OF_ROOM_BYTES:
            sweep(layout)
        alive = None
        while alive is None:
            alive = try_lock(layout.processes / f"{os.getpid()}-{secrets.token_hex(4)}")
    return alive


def _close(alive: LockFile, *, pid: int) -> None:
    if pid == os.getpid():  # a forked child must leave its parent's files alone
        alive.release()
