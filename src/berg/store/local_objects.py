"""LocalObjects: object files and users' files of one home, by one protocol.

A worker opens this alone: folders and a sign of life, no index, no keys, no runs. It knows users'
files by what it was lent; who has an index, by what was adopted.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from berg.errors import CorruptObject, StoreError
from berg.schema.asset import Asset
from berg.store.borrowed import Borrowed
from berg.store.externals import Externals, media_type_of
from berg.store.interface import Loan
from berg.store.locks import Gate
from berg.store.object_files import ObjectFiles
from berg.store.presence import Presence


class LocalObjects:
    """Keeps the contract of `interface.Objects` with files under a home."""

    def __init__(self, presence: Presence, externals: Externals | None = None) -> None:
        self._presence = presence
        gate = Gate(presence.layout.locks)
        self._files = ObjectFiles(presence.layout, gate, aside=presence.aside)
        self._externals = externals
        self._borrowed = Borrowed()

    @classmethod
    def open(cls, home: Path) -> "LocalObjects":
        """The objects of a home, and nothing else of it. Raises StoreError."""
        return cls(Presence(home))

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes; nobody sees half of them. Raises StoreError."""
        return self._files.put_bytes(data, media_type)

    def put_file(self, path: Path, media_type: str) -> Asset:
        """Store a finished file by moving it away from `path`. Raises StoreError."""
        return self._files.put_file(path, media_type)

    def path(self, asset: Asset | str) -> Path:
        """Where the bytes of an asset (or digest) can be read; checked. Never write there.

        Raises CorruptObject if they are missing or damaged (damaged ones are set aside), its
        `where` being the digest; StoreError if a user's file has changed.
        """
        sha256 = asset if isinstance(asset, str) else asset.sha256
        found = self._files.path(sha256) or self._users_files.path(sha256)
        if found is None:
            raise CorruptObject(
                f"object {sha256} is not stored any more: run the same command again,"
                " and it is made again",
                where=sha256,
            )
        return found

    def missing(self, sizes: Mapping[str, int | None]) -> set[str]:
        """Those of the digests that aren't there with so many bytes (None: any). Hashes nothing."""
        return {sha256 for sha256, size in sizes.items() if not self._is_there(sha256, size)}

    def size(self, sha256: str) -> int | None:
        """Bytes of what is stored or adopted, unchecked; None if it is not there."""
        stored = self._files.size(sha256)
        return self._users_files.size(sha256) if stored is None else stored

    def adopt(self, path: Path, media_type: str | None = None) -> Asset:
        """Know a user's file by content; it stays where it is.

        Without `media_type` its name decides. Raises RequestError if it can't be read, StoreError;
        a worker adopts nothing.
        """
        if self._externals is None:
            raise StoreError(f"{path} can't be adopted without an index")
        sha256, size = self._externals.adopt(path)
        return Asset(sha256=sha256, size=size, media_type=media_type or media_type_of(path))

    def lend(self, digests: Iterable[str]) -> dict[str, Loan]:
        """Those of the digests that are nowhere but in users' files."""
        if self._externals is None:
            return {}
        wanted = [sha256 for sha256 in digests if self._files.size(sha256) is None]
        found = {sha256: self._externals.loan(sha256) for sha256 in wanted}
        return {sha256: loan for sha256, loan in found.items() if loan is not None}

    def borrow(self, loans: Mapping[str, Loan]) -> None:
        """Know these users' files, and no others, from now on."""
        self._borrowed.borrow(loans)

    def scratch(self) -> Path:
        """A new empty folder; the caller removes it, and `gc` does if the caller dies first."""
        return self._presence.scratch()

    @property
    def _users_files(self) -> Externals | Borrowed:
        return self._externals or self._borrowed

    def _is_there(self, sha256: str, size: int | None) -> bool:
        stored = self._files.size(sha256)
        if stored is not None:
            return size is None or stored == size
        return self._users_files.present(sha256, size)
