"""Externals: users' own files, which stay where they are and are known by content.

A file is hashed once; while its size and times stay the same, that digest is believed. As in git,
a file that changed within the last moments before it was hashed is not believed the next time:
a clock that ticks coarsely could hide a change ("racily clean").
"""

import os
import stat
import time
from pathlib import Path
from typing import NamedTuple

from berg.digest import file_sha256
from berg.errors import RequestError, StoreError
from berg.store.database import Database
from berg.store.interface import Loan

RACY_NS = 2_000_000_000
"""The coarsest tick of a file system in use (FAT: 2 s)."""

_MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".bmp": "image/bmp",
    ".avif": "image/avif",
    ".heic": "image/heic",
    ".svg": "image/svg+xml",
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".mov": "video/quicktime",
    ".mkv": "video/matroska",
    ".webm": "video/webm",
    ".avi": "video/vnd.avi",
    ".wav": "audio/wav",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".txt": "text/plain",
}
"""Our own short table: the standard library's differs by machine, and media types are in keys."""


def media_type_of(path: Path) -> str:
    """The media type that a file's name claims."""
    return _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")


class Facts(NamedTuple):
    """What tells a file from what it was before, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int


class Externals:
    """The users' files that this home has seen."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def adopt(self, path: Path) -> tuple[str, int]:
        """SHA-256 and size of a file; it becomes known as a source of those bytes.

        Raises RequestError if it is missing, unreadable or no regular file, StoreError.
        """
        path = Path(os.path.realpath(path))
        facts = facts_of(path)
        sha256 = self._believed(path, facts)
        if sha256 is None:
            sha256, hashed_ns = _hash(path, facts)
            self._record(path, facts, sha256, hashed_ns)
        return sha256, facts.size

    def path(self, sha256: str) -> Path | None:
        """Where these bytes are, unchanged since they were adopted; None if none ever were.

        Raises StoreError if every file that had them has changed or gone.
        """
        complaint = ""
        for (raw,) in self._db.all("SELECT path FROM externals WHERE sha256 = ?", (sha256,)):
            path = Path(os.fsdecode(raw))
            try:
                if self._still_has(path, sha256):
                    return path
                complaint = f"{path} changed since it was read: run the same command again"
            except RequestError:
                complaint = (
                    f"{path} was there when it was read and can't be read now:"
                    " put it back, or run the same command again without it"
                )
        if complaint:
            raise StoreError(complaint)
        return None

    def loan(self, sha256: str) -> Loan | None:
        """What a worker must be told to find these bytes; None if no file ever had them."""
        rows = self._db.all(
            "SELECT path, size, mtime_ns, ctime_ns, hashed_ns FROM externals WHERE sha256 = ?",
            (sha256,),
        )
        loans = [
            Loan(
                path=os.fsdecode(path), size=size, mtime_ns=mtime, ctime_ns=ctime, hashed_ns=hashed
            )
            for path, size, mtime, ctime, hashed in rows
        ]
        there = (loan for loan in loans if _unchanged(Path(loan.path), loan.size, loan.mtime_ns))
        return next(there, loans[0] if loans else None)

    def present(self, sha256: str, size: int | None) -> bool:
        """Whether some file seems to have these bytes still, judged by its size and time."""
        rows = self._db.all(
            "SELECT path, size, mtime_ns FROM externals WHERE sha256 = ?", (sha256,)
        )
        return any(
            size in (None, known_size) and _unchanged(Path(os.fsdecode(raw)), known_size, mtime_ns)
            for raw, known_size, mtime_ns in rows
        )

    def size(self, sha256: str) -> int | None:
        """Bytes, as adopted."""
        row = self._db.one("SELECT size FROM externals WHERE sha256 = ? LIMIT 1", (sha256,))
        return row[0] if row else None

    def _believed(self, path: Path, facts: Facts) -> str | None:
        row = self._db.one(
            "SELECT sha256 FROM externals WHERE path = ? AND size = ? AND mtime_ns = ?"
            " AND ctime_ns = ? AND hashed_ns - mtime_ns > ?",
            (os.fsencode(path), facts.size, facts.mtime_ns, facts.ctime_ns, RACY_NS),
        )
        return row[0] if row else None

    def _still_has(self, path: Path, sha256: str) -> bool:
        facts = facts_of(path)
        believed = self._believed(path, facts)
        if believed is not None:
            return believed == sha256
        found, hashed_ns = _hash(path, facts)
        if found == sha256:  # else what was adopted stays on record, to be complained of again
            self._record(path, facts, sha256, hashed_ns)
        return found == sha256

    def _record(self, path: Path, facts: Facts, sha256: str, hashed_ns: int) -> None:
        row = (os.fsencode(path), sha256, facts.size, facts.mtime_ns, facts.ctime_ns, hashed_ns)
        self._db.change(
            lambda db: db.execute("INSERT OR REPLACE INTO externals VALUES (?, ?, ?, ?, ?, ?)", row)
        )


def _hash(path: Path, before: Facts) -> tuple[str, int]:
    """Digest of a file, and when (ns since 1970) it was begun; refused if the file changes."""
    began_ns = time.time_ns()
    try:
        sha256 = file_sha256(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if facts_of(path) != before:
        raise StoreError(
            f"{path} changed while it was being read: let the program that writes it finish,"
            " then run the same command again",
            where=str(path),
        )
    return sha256, began_ns


def facts_of(path: Path) -> Facts:
    """What tells a file from others. Raises RequestError if it is none, or can't be read."""
    try:
        facts = os.stat(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not stat.S_ISREG(facts.st_mode):
        raise RequestError(f"{path} is not a file: name a regular file", where=str(path))
    return Facts(facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns)


def _unchanged(path: Path, size: int, mtime_ns: int) -> bool:
    try:
        facts = os.stat(path)
    except OSError:
        return False
    return (facts.st_size, facts.st_mtime_ns) == (size, mtime_ns)


def _unreadable(path: Path, error: OSError) -> RequestError:
    return RequestError(
        f"can't read {path}: {error.strerror or error}; check its name and permissions",
        where=str(path),
    )
