"""Putting one signed file in its place, with what belongs beside it."""

import os
from contextlib import suppress
from pathlib import Path

from berg import faults
from berg.delivery.aside import write_aside
from berg.digest import file_sha256
from berg.provenance.finish import Finisher, SignedFile, aside
from berg.provenance.sidecars import PROOF, beside


def place(target: Path, made: SignedFile, *, index: int, finisher: Finisher) -> None:
    """Put what belongs beside a file there first, the file last: it never stands without.

    What is there already is left alone, also a proof that still holds: one by an older state of
    the log proves as much, unless witnesses have cosigned since.

    Raises:
        OSError: the folder can't be written.
    """
    place = beside(target, PROOF)
    there, now = _text(place), finisher.proof(index)
    if not finisher.proves(there, made, index=index) or _cosigned(now) > _cosigned(there):
        # By way of a name that whoever delivers here next sweeps, should this be killed.
        write_aside(place, now.encode(), part=beside(aside(target), PROOF))
    for ending, digest in sorted(made.files.items(), reverse=True):
        _settle(beside(aside(target), ending), beside(target, ending), digest)
        faults.point("delivery.half")


def _cosigned(proof: str) -> int:
    """How many signatures the proof's checkpoint carries."""
    return proof.count("\n\u2014 ")


def _text(path: Path) -> str:
    """What a proof's file says; nothing if it can't be read, or is longer than any proof."""
    with suppress(OSError, UnicodeDecodeError):
        if path.is_file():
            with path.open("rb") as file:
                return file.read(1 << 20).decode()
    return ""


def _settle(source: Path, target: Path, digest: str) -> None:
    """Put a signed file in its place; what lies aside from an older try is dropped."""
    if not source.exists():
        return
    if file_sha256(source) != digest:
        source.unlink()
        return
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(target)
