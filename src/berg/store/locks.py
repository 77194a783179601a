"""Lock files by `flock`: freed by the kernel when their process dies, however it dies.

A lock belongs to an open file, so two holders in one process exclude each other as well. Locks
are not inherited by a program that is started, and a forked child lets go of its copies at once:
otherwise an orphan would go on holding what its dead parent had claimed.

`flock(2)`; the race between unlinking and locking is the one described in many pid-file notes:
see `try_lock`.
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from berg.errors import StoreError

_ours: set[int] = set()


def _close_copies() -> None:
    for fd in _ours:
        with suppress(OSError):
            os.close(fd)
    _ours.clear()


os.register_at_fork(after_in_child=_close_copies)


def _open(path: Path, flags: int) -> int:
    fd = os.open(path, flags | os.O_RDWR | os.O_CLOEXEC, 0o666)
    _ours.add(fd)
    return fd


def _close(fd: int) -> None:
    _ours.discard(fd)
    os.close(fd)


def _flock_now(fd: int, operation: int) -> bool:
    try:
        fcntl.flock(fd, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class LockFile:
    """An exclusive lock; its file exists only while somebody holds it (or died holding it)."""

    __slots__ = ("_fd", "_pid", "path")

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd = fd
        self._pid = os.getpid()

    @property
    def ours(self) -> bool:
        """Whether this process holds it: not released, and not a forked child's copy."""
        return self._fd >= 0 and self._pid == os.getpid()

    def release(self) -> None:
        """Let go; a second call, or one in a forked child, does nothing."""
        fd, self._fd = self._fd, -1
        if fd < 0 or self._pid != os.getpid():
            return
        # Removed while still locked: whoever opened it before sees, once it gets the lock, that
        # the path no longer leads to the file that it locked.
        with suppress(OSError):
            os.unlink(self.path)
        _close(fd)


def try_lock(path: Path) -> LockFile | None:
    """Lock `path`, creating it; None if somebody holds it. Never waits. Raises OSError."""
    while True:
        fd = _open(path, os.O_CREAT)
        if not _flock_now(fd, fcntl.LOCK_EX):
            _close(fd)
            return None
        if _still_at(path, fd):
            return LockFile(path, fd)
        _close(fd)  # its last holder removed it between our opening and our locking


def _still_at(path: Path, fd: int) -> bool:
    try:
        there = os.stat(path)
    except FileNotFoundError:
        return False
    return os.path.samestat(there, os.fstat(fd))


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock at `path` now."""
    try:
        fd = _open(path, 0)
    except FileNotFoundError:
        return False
    try:
        return not _flock_now(fd, fcntl.LOCK_SH)
    finally:
        _close(fd)


class Pass:
    """A hold on a permanent lock file: many may share it, or one has it alone."""

    __slots__ = ("_fds", "_pid")

    def __init__(self) -> None:
        self._fds: list[int] = []
        self._pid = os.getpid()

    def take(self, path: Path, operation: int, *, wait_s: float) -> None:
        """Lock `path` too. Raises StoreError if that takes longer than `wait_s` seconds."""
        fd = _open(path, os.O_CREAT)
        self._fds.append(fd)
        until = time.monotonic() + wait_s
        pause = 0.0002
        while not _flock_now(fd, operation):
            if time.monotonic() > until:
                self.release()
                raise StoreError(
                    f"another berg has held {path} for {wait_s:g} s: is it stopped?"
                    " Let it go on or end it, then run the same command again",
                    where=str(path),
                )
            time.sleep(pause)
            pause = min(pause * 2, 0.02)

    def release(self) -> None:
        """Let go of all; a second call does nothing."""
        fds, self._fds = self._fds, []
        if self._pid == os.getpid():
            for fd in fds:
                _close(fd)

    def __enter__(self) -> "Pass":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def wait_alone(path: Path, *, wait_s: float) -> Pass:
    """Have the permanent lock file `path` alone. Raises StoreError after `wait_s`, OSError."""
    held = Pass()
    held.take(path, fcntl.LOCK_EX, wait_s=wait_s)
    return held


class Gate:
    """Keeps garbage collection apart from all that it could pull the ground from under.

    Whoever finds a result, or puts an object in place, passes with the others until that is on
    record; the collector goes alone. A turnstile before the gate keeps a stream of short passes
    from shutting the collector out for ever.
    """

    WAIT_S = 60.0

    def __init__(self, folder: Path) -> None:
        self._turnstile = folder / "turnstile"
        self._gate = folder / "gate"

    def shared(self) -> Pass:
        """Pass with others. Raises StoreError, OSError."""
        held = Pass()
        with Pass() as turn:
            turn.take(self._turnstile, fcntl.LOCK_SH, wait_s=self.WAIT_S)
            held.take(self._gate, fcntl.LOCK_SH, wait_s=self.WAIT_S)
        return held

    def alone(self) -> Pass:
        """Pass alone, once those inside have left. Raises StoreError, OSError."""
        held = Pass()
        held.take(self._turnstile, fcntl.LOCK_EX, wait_s=self.WAIT_S)
        held.take(self._gate, fcntl.LOCK_EX, wait_s=self.WAIT_S)
        return held
