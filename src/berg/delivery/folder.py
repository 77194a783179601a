"""The user's folder while it is written: one delivery at a time, nothing half done left in it."""

import fcntl
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from berg.errors import StoreError
from berg.provenance.finish import ASIDE

PATIENCE_S = 600.0
"""How long another delivery into the same folder is waited for."""
_ASK_AGAIN_S = 0.05
_PART = re.compile(r"\.(?P<name>.+)\.\d+\.part")
_SIGNING = re.compile(rf"\.?{re.escape(ASIDE)}.+")
"""Signed and not put in its place; with one more dot, not even signed to its end."""


@contextmanager
def alone(folder: Path, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold a folder; whoever delivers into it meanwhile, from any home, waits.

    The lock is the kernel's, on the folder itself: it leaves no file, and goes with the process.

    Raises:
        StoreError: another delivery went on for longer than the patience.
    """
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        until = time.monotonic() + patience_s
        while not _locked(held):
            if time.monotonic() > until:
                raise StoreError(
                    f"another run has been delivering into this folder for {patience_s:.0f} s; "
                    "choose another folder with --out, or run the same command when it is done",
                    where=str(folder),
                )
            time.sleep(_ASK_AGAIN_S)
        yield
    finally:
        os.close(held)


def _locked(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # a file system that can't lock folders: better unguarded than not at all
    return True


def sweep(places: Iterable[Path], names: Iterable[str]) -> None:
    """Remove what killed deliveries left in these folders; only for whoever holds them alone.

    That is what was signed and never put in its place, and halves of files called `names`.
    """
    ours = set(names)
    for place in set(places):
        for path in place.iterdir():
            half = _PART.fullmatch(path.name)
            if _SIGNING.fullmatch(path.name) or (half and half["name"] in ours):
                with suppress(IsADirectoryError, PermissionError):
                    path.unlink(missing_ok=True)
