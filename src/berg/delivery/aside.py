"""Files that appear whole: written aside, made durable, renamed. Light to import."""

import itertools
import os
from pathlib import Path

_count = itertools.count()


def part_of(target: Path) -> Path:
    """A name beside `target` for what is not whole yet: another at each call, in any process."""
    return target.with_name(f".{target.name}.{os.getpid()}{next(_count):06}.part")


def write_aside(target: Path, data: bytes, *, part: Path | None = None) -> Path:
    """Write bytes beside `target`, as `part` if that is named, make them durable, and rename them
    into place."""
    part = part or part_of(target)
    part.unlink(missing_ok=True)
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return target
