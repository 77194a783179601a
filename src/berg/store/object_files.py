"""Object files: bytes under their SHA-256, in `objects/ab/abcdef…`.

Written aside, then renamed: nobody sees half of one. Not synced to the disk: they can be remade,
and are checked when they are read. Not here: users' own files, and who needs what.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from berg import faults
from berg.digest import bytes_sha256, file_sha256
from berg.errors import CorruptObject
from berg.schema.asset import Asset
from berg.store._disk import disk
from berg.store.layout import HomeLayout
from berg.store.locks import Gate
from berg.store.recent import Recent

_CHUNK = 1 << 20

FileStamp = tuple[int, int]
"""Size in bytes and modification time in nanoseconds: while these stay, so does the content."""


class ObjectFiles:
    """The objects of one home, as one process sees them."""

    def __init__(self, layout: HomeLayout, gate: Gate, *, aside: Callable[[], Path]) -> None:
        """`aside` names a new path for a file that is being written."""
        self._layout = layout
        self._gate = gate
        self._aside = aside
        self._verified: Recent[FileStamp] = Recent()

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes. Raises StoreError."""
        sha256 = bytes_sha256(data)
        with disk(self._layout.home):
            if not self._touch(sha256):
                self._write(data, sha256)
        return Asset(sha256=sha256, size=len(data), media_type=media_type)

    def put_file(self, path: Path, media_type: str) -> Asset:
        """Store a finished file, which is moved away. Raises StoreError."""
        with disk(self._layout.home):
            facts = os.lstat(path)
            # A link is copied: what it leads to is not ours, and may change under its other name.
            movable = (
                stat.S_ISREG(facts.st_mode)
                and facts.st_nlink == 1
                and facts.st_dev == os.stat(self._layout.objects).st_dev
            )
            moved = self._move(path) if movable else None
            sha256, size = moved or self._copy(path)
        return Asset(sha256=sha256, size=size, media_type=media_type)

    def path(self, sha256: str) -> Path | None:
        """Where the bytes are, checked; None if they are not stored here.

        They are hashed once per process, and again if size or time changed. Raises CorruptObject
        after setting bad bytes aside, StoreError.
        """
        target = self._layout.object(sha256)
        with disk(target):
            mark = _mark_at(target)
            if mark is None or self._verified.get(sha256) == mark:
                return target if mark else None
            if file_sha256(target) == sha256:
                self._verified[sha256] = mark
                return target
            if _mark_at(target) != mark:  # it was replaced, or removed, while it was being read
                return self.path(sha256)
            self._set_aside(target)
        raise CorruptObject(
            f"object {sha256} no longer had the bytes of its name; it was set aside in"
            f" {self._layout.corrupt}: run the same command again, and it is made again",
            where=sha256,
        )

    def size(self, sha256: str) -> int | None:
        """Bytes on the disk, unchecked; None if it is not stored."""
        try:
            return os.stat(self._layout.object(sha256)).st_size
        except OSError:
            return None

    def _touch(self, sha256: str) -> bool:
        """Renew an object known to be good, so that the collector takes it for new."""
        target = self._layout.object(sha256)
        known = self._verified.get(sha256)
        if known is None:
            return False
        with self._gate.shared():
            if _mark_at(target) != known:
                return False
            os.utime(target)
            self._remember(sha256, target)
        return True

    def _write(self, data: bytes, sha256: str) -> None:
        aside = self._aside()
        half = len(data) // 2
        try:
            with aside.open("xb") as file:
                file.write(data[:half])
                file.flush()
                faults.point("object.half")
                file.write(data[half:])
            self._install(aside, sha256)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise

    def _move(self, path: Path) -> tuple[str, int] | None:
        sha256 = file_sha256(path)
        size = path.stat().st_size
        faults.point("object.half")
        try:
            self._install(path, sha256)
        except OSError as error:
            if error.errno == errno.EXDEV:  # one device, but mounted twice
                return None
            raise
        return sha256, size

    def _copy(self, path: Path) -> tuple[str, int]:
        """Copy aside, hashing what is written rather than what was read before."""
        aside = self._aside()
        try:
            sha256, size = _copy_hashed(path, aside)
            self._install(aside, sha256)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        path.unlink()
        return sha256, size

    def _install(self, finished: Path, sha256: str) -> None:
        """Give a finished file its name; what was there (the same, or damaged) is replaced."""
        target = self._layout.object(sha256)
        target.parent.mkdir(exist_ok=True)
        os.chmod(finished, 0o444)
        with self._gate.shared():
            os.utime(finished)
            os.replace(finished, target)
            self._remember(sha256, target)
        faults.point("object.stored")

    def _remember(self, sha256: str, target: Path) -> None:
        mark = _mark_at(target)
        if mark is not None:
            self._verified[sha256] = mark

    def _set_aside(self, target: Path) -> None:
        self._layout.corrupt.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            os.replace(target, self._layout.corrupt / target.name)


def _mark_at(path: Path) -> FileStamp | None:
    try:
        facts = os.stat(path)
    except FileNotFoundError:
        return None
    return facts.st_size, facts.st_mtime_ns


def _copy_hashed(source: Path, target: Path) -> tuple[str, int]:
    digest = hashlib.sha256()
    size = 0
    with source.open("rb") as read, target.open("xb") as write:
        half = os.fstat(read.fileno()).st_size // 2
        while chunk := read.read(_CHUNK):
            passed_half = size <= half < size + len(chunk)
            digest.update(chunk)
            size += write.write(chunk)
            if passed_half:
                write.flush()
                faults.point("object.half")
    return digest.hexdigest(), size
