"""Tiles: a log's hashes and entries as files of a folder (C2SP `tlog-tiles`), ready to be served.

A file under its name never changes: it is written beside it, synced and renamed, and the log
replays what it had begun rather than put something else there. Partial tiles go once the full one
is published; readers then take the full one's beginning, as the specification says.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from berg import faults
from berg.provenance.log.errors import LogDamagedError
from berg.provenance.log.tree import perfect_root, range_hash

WIDTH = 256
"""Hashes in a full tile, entries in a full bundle."""
LEVELS = 8
"""Tile levels of the largest tree (2^63 leaves)."""
ENTRIES = "entries"
"""What stands in place of a level in the path of an entry bundle."""
_HASH = 32


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """Path of a tile below the log's folder, such as `tile/0/x001/234.p/17`."""
    assert 0 < width <= WIDTH
    digits = str(index)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    name = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return f"tile/{level}/{name}" + ("" if width == WIDTH else f".p/{width}")


def pack(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry after its length in two bytes, big-endian."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack(bundle: bytes) -> Iterator[bytes]:
    """Entries of a bundle. Raises LogDamagedError: it ends within one."""
    at = 0
    while at < len(bundle):
        end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
        if end > len(bundle) or at + 2 > len(bundle):
            raise LogDamagedError("an entry bundle of the log ends within an entry")
        yield bundle[at + 2 : end]
        at = end


class TileFolder:
    """Writes files below one folder, whole or not at all, and syncs what it wrote at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._dirs: set[Path] = set()

    def write(self, name: str, data: bytes) -> None:
        """Put a file in place under `name`; durable after `sync`. Raises OSError."""
        path = self.folder / name
        self._make_dir(path.parent)
        beside = path.with_name(path.name + ".new")
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        faults.point("log.beside-written")
        os.replace(beside, path)
        self._dirs.add(path.parent)

    def sync(self) -> None:
        """Make durable where the files are: their folders. Raises OSError."""
        for folder in sorted(self._dirs):
            sync_dir(folder)
        self._dirs.clear()

    def _make_dir(self, folder: Path) -> None:
        if folder in self._dirs or folder.is_dir():
            return
        self._make_dir(folder.parent)
        folder.mkdir(exist_ok=True)
        self._dirs.add(folder.parent)


def sync_dir(folder: Path) -> None:
    """Make a folder's list of names durable. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


class Tiles:
    """Reads the tiles of a tree of one size."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder = folder
        self.size = size
        self._tile = lru_cache(maxsize=64)(self._read_tile)

    def width(self, level: int, index: int) -> int:
        """How many hashes (level 0: or entries) a tile of this tree has; 0: there is none."""
        return max(0, min(WIDTH, (self.size >> (8 * level)) - index * WIDTH))

    def subtree(self, height: int, index: int) -> bytes:
        """Hash of a perfect subtree. Raises LogDamagedError."""
        level, within = divmod(height, 8)
        first = index << within
        tile, at = divmod(first, WIDTH)
        row = self._tile(level, tile)[at : at + (1 << within)]
        return perfect_root(row)

    def root(self, size: int | None = None) -> bytes:
        """Root of the tree of the first `size` leaves (default: all). Raises LogDamagedError."""
        return range_hash(0, self.size if size is None else size, self.subtree)

    def row(self, level: int, index: int) -> list[bytes]:
        """Hashes of a tile. Raises LogDamagedError."""
        return list(self._tile(level, index))

    def bundle(self, index: int) -> list[bytes]:
        """Entries of a bundle. Raises LogDamagedError."""
        width = self.width(0, index)
        found = self._read(ENTRIES, index, width)
        entries = list(unpack(found))[:width]
        if len(entries) < width:
            raise LogDamagedError(f"{tile_path(ENTRIES, index, width)} lacks entries")
        return entries

    def _read_tile(self, level: int, index: int) -> tuple[bytes, ...]:
        width = self.width(level, index)
        data = self._read(level, index, width)
        if len(data) < width * _HASH or len(data) % _HASH:
            raise LogDamagedError(f"{tile_path(level, index, width)} lacks hashes")
        return tuple(data[at : at + _HASH] for at in range(0, width * _HASH, _HASH))

    def _read(self, level: int | str, index: int, width: int) -> bytes:
        names = [tile_path(level, index, width)] if width else []
        for name in [*names, tile_path(level, index)]:
            try:
                return (self.folder / name).read_bytes()
            except FileNotFoundError:
                continue
        raise LogDamagedError(
            f"{tile_path(level, index, width or WIDTH)} is missing from the log",
            where=str(self.folder),
        )


def prune(folder: Path, begin: int, end: int) -> None:
    """Remove the partial tiles of what became full between two published sizes."""
    _prune_row(folder, ENTRIES, begin, end)
    level = 0
    while end:
        _prune_row(folder, level, begin, end)
        begin, end, level = begin // WIDTH, end // WIDTH, level + 1


def _prune_row(folder: Path, level: int | str, begin: int, end: int) -> None:
    first = begin // WIDTH
    if begin % WIDTH and end // WIDTH > first:  # only the first of them had been partial before
        shutil.rmtree(folder / (tile_path(level, first) + ".p"), ignore_errors=True)
        faults.point("log.pruned")
