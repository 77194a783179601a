"""Turning what the operating system says about a disk into one clear `StoreError`."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from berg.errors import StoreError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM)


def full(path: Path) -> StoreError:
    """The error for a disk without room."""
    return StoreError(
        f"the disk holding {path} is full: free some space or run `berg gc`", where=str(path)
    )


def read_only(path: Path) -> StoreError:
    """The error for a disk that can't be written."""
    return StoreError(
        f"{path} is on a read-only disk: mount it writable,"
        " or set BERG_HOME to a folder that can be written",
        where=str(path),
    )


def forbidden(path: Path) -> StoreError:
    """The error for what this user may not do."""
    return StoreError(
        f"permission denied for {path}: change its owner or mode,"
        " or set BERG_HOME to another folder",
        where=str(path),
    )


def explain(error: OSError, path: Path) -> StoreError:
    """The cause of `error` at `path`, and what to do next."""
    if error.errno in _FULL:
        return full(path)
    if error.errno == errno.EROFS:
        return read_only(path)
    if error.errno in _FORBIDDEN:
        return forbidden(path)
    if error.errno == errno.EMFILE:
        cause = "too many open files: raise the limit with `ulimit -n`"
    elif error.errno in (errno.ENOTDIR, errno.EEXIST):
        cause = "a file stands where a folder belongs: move it, or set BERG_HOME to another folder"
    else:
        cause = f"{error.strerror or error}: check the disk, then run the same command again"
    return StoreError(f"can't use {path}: {cause}", where=str(path))


@contextmanager
def disk(path: Path) -> Iterator[None]:
    """Within it, an `OSError` becomes a `StoreError` that names `path`, cause and next action."""
    try:
        yield
    except OSError as error:
        raise explain(error, path) from error
