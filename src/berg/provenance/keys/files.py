"""Files that only their owner may read: written whole or not at all, and on the disk when done.

Not a store: a name is given by whoever writes, and a file is replaced, never appended to.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from berg.errors import BergError

_LIMIT = 1 << 20
_OTHERS = 0o077


class KeysError(BergError):
    """Keys can't be read, written or used as they are."""

    code = "keys"
    http_status = 503


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Within it, an `OSError` becomes a `KeysError` that names `path`, cause and next action."""
    try:
        yield
    except OSError as error:
        raise KeysError(f"can't use {path}: {_cause(error)}", where=str(path)) from error


def _cause(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "the disk is full; free some space and run the same command again"
    if error.errno == errno.EROFS:
        return "the disk is read-only; mount it writable or set BERG_HOME to another folder"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "permission denied; it must belong to the user who runs berg"
    if error.errno == errno.ENOENT:
        return "it isn't there; put it back from a backup, or begin anew with `berg keys init`"
    return f"{error.strerror or error}; mend that and run the same command again"


def private_folder(folder: Path) -> None:
    """Make `folder` (and those above), for its owner alone. Raises KeysError."""
    with said(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & _OTHERS:
            folder.chmod(0o700)


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path` with mode 0600: whole, or not at all, and synced. Raises KeysError."""
    aside = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with said(path):
        try:
            _write_synced(aside, data)
            os.rename(aside, path)
            sync_folder(path.parent)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise


def _write_synced(path: Path, data: bytes) -> None:
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with open(fd, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` last. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def read_private(path: Path) -> bytes:
    """The bytes at `path`, if nobody but its owner could have read them.

    Raises KeysError: not there, too large for a key, or open to others.
    """
    with said(path), path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & _OTHERS:
            raise KeysError(
                f"{path} can be read by other users, so it is no longer a secret:"
                f" `chmod 600 {path}`, and if others had access, `berg keys rotate`",
                where=str(path),
            )
        data = file.read(_LIMIT + 1)
    if len(data) > _LIMIT:
        raise KeysError(f"{path} is larger than 1 MiB, so it is no key", where=str(path))
    return data
