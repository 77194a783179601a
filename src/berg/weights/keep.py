"""Keeping verified files: `<weights>/<sha256>/<file>`, and a stamp that says when it was verified.

Hashing 92 MB for every process that opens a model would cost more than opening it. So the stamp
beside a file holds its size, time of change and inode as they were when it was hashed; as long as
they are the same, so are the bytes, as far as anything short of a failing disk goes.
"""

from pathlib import Path

from berg.digest import file_sha256
from berg.schema.model import WeightsEntry

STAMP = "verified"
"""Name of the stamp beside a kept file."""


def kept_path(folder: Path, item: WeightsEntry) -> Path:
    """Where a file is, or would be, kept."""
    return folder / item.sha256 / item.file


def kept_file(folder: Path, sha256: str) -> Path | None:
    """The file of that digest, if it is kept with the right bytes; hashes it unless its stamp
    answers for it."""
    try:
        found = [path for path in (folder / sha256).iterdir() if path.name != STAMP]
    except OSError:
        return None
    right = (path for path in found if path.is_file())
    return next((path for path in right if _has_bytes(path, sha256, rehash=False)), None)


def is_intact(folder: Path, item: WeightsEntry, *, rehash: bool = False) -> bool:
    """Whether the kept file has the right bytes; hashes it unless the stamp answers for it."""
    path = kept_path(folder, item)
    if not path.is_file() or path.stat().st_size != item.size:
        return False
    return _has_bytes(path, item.sha256, rehash=rehash)


def _has_bytes(path: Path, sha256: str, *, rehash: bool) -> bool:
    if not rehash and _read_stamp(path) == _stamp_of(path):
        return True
    if file_sha256(path) != sha256:
        path.with_name(STAMP).unlink(missing_ok=True)
        return False
    write_stamp(path)
    return True


def write_stamp(path: Path) -> None:
    """Note that this file was just hashed and found right. On a read-only disk, don't."""
    try:
        path.with_name(STAMP).write_text(_stamp_of(path))
    except OSError:
        return  # no harm: it is hashed again next time


def _read_stamp(path: Path) -> str | None:
    try:
        return path.with_name(STAMP).read_text()
    except OSError:
        return None


def _stamp_of(path: Path) -> str:
    facts = path.stat()
    return f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ino}\n"
