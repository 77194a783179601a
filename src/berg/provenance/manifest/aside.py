"""A file that takes its place whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from berg.errors import StoreError


@contextmanager
def written_aside(target: Path, *, sync: bool = True) -> Iterator[BinaryIO]:
    """A new file, to read and write, that becomes `target` when the block ends well.

    Synced before it is renamed, unless whoever asks syncs later; gone when the block
    ends ill. Raises StoreError: the disk.
    """
    aside = target.with_name(f".{target.name}.{secrets.token_hex(6)}")
    try:
        with aside.open("x+b") as out:
            yield out
            out.flush()
            if sync:
                os.fsync(out.fileno())
        os.replace(aside, target)
    except BaseException as error:
        with suppress(OSError):
            aside.unlink()
        if isinstance(error, OSError):
            raise _said(error, target) from error
        raise


def _said(error: OSError, target: Path) -> StoreError:
    return StoreError(
        f"can't write {target}: {error.strerror or error}; mend that and run the same command"
        " again",
        where=str(target),
    )
