"""The right edge of a tree: its partial tiles, held to append to, and what appending writes."""

from collections.abc import Iterable, Iterator, Sequence

from berg.provenance.log.errors import LogDamagedError
from berg.provenance.log.tiles import ENTRIES, LEVELS, WIDTH, Tiles, pack, tile_path
from berg.provenance.log.tree import fold, leaf_hash, perfect_root


class Edge:
    """The partial tile of every level, and the entries of the last bundle that is not full."""

    def __init__(self, tiles: Tiles) -> None:
        """Read it. Raises LogDamagedError: the last entries are not those of the hashes."""
        self.size = tiles.size
        self._rows = [
            tiles.row(level, last // WIDTH) if (last := tiles.size >> (8 * level)) % WIDTH else []
            for level in range(LEVELS)
        ]
        self._entries = tiles.bundle(self.size // WIDTH) if self.size % WIDTH else []
        if [leaf_hash(entry) for entry in self._entries] != self._rows[0]:
            raise LogDamagedError("the log's last entries are not those that its hashes say")

    def root(self) -> bytes:
        """Root of the whole tree."""
        return fold([peak for row in reversed(self._rows) for peak in _peaks(row)])

    def add(self, leaves: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
        """Append leaves; yields (path, bytes) of every file that the larger tree needs anew."""
        touched: set[int] = set()
        for leaf in leaves:
            self._entries.append(leaf)
            yield from self._push(0, leaf_hash(leaf), touched)
            self.size += 1
        yield from self.partials(touched)

    def partials(self, levels: Iterable[int] = range(LEVELS)) -> Iterator[tuple[str, bytes]]:
        """(path, bytes) of the tiles of these levels that are not full."""
        for level in sorted(levels):
            yield from self._partial(level)

    def _push(self, level: int, found: bytes, touched: set[int]) -> Iterator[tuple[str, bytes]]:
        row = self._rows[level]
        row.append(found)
        touched.add(level)
        if len(row) < WIDTH:
            return
        index = self.size >> (8 * (level + 1))
        yield tile_path(level, index), b"".join(row)
        if level == 0:
            yield tile_path(ENTRIES, index), pack(self._entries)
            self._entries = []
        self._rows[level] = []
        yield from self._push(level + 1, perfect_root(row), touched)

    def _partial(self, level: int) -> Iterator[tuple[str, bytes]]:
        row = self._rows[level]
        if not row:
            return
        index = self.size >> (8 * (level + 1))
        yield tile_path(level, index, len(row)), b"".join(row)
        if level == 0:
            yield tile_path(ENTRIES, index, len(row)), pack(self._entries)


def _peaks(row: Sequence[bytes]) -> Iterator[bytes]:
    """Roots of the perfect subtrees that a row falls into, largest first."""
    at = 0
    while at < len(row):
        width = 1 << ((len(row) - at).bit_length() - 1)
        yield perfect_root(row[at : at + width])
        at += width
