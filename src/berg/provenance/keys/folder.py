"""The folder of a ring: `ring.json`, and a file for each key and certificate that it names.

A key's file is written before the ring names it, and the ring is replaced in one rename: after a
kill there is the ring of before or the one of after, and at worst a file that no ring names.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError

from berg import faults
from berg.provenance.keys.files import (
    KeysError,
    private_folder,
    read_private,
    said,
    write_private,
)
from berg.provenance.keys.record import RingRecord
from berg.provenance.keys.secret import (
    VARIABLE,
    AnyPrivateKey,
    known_passphrase,
    read_key,
    write_key,
)
from berg.store.locks import wait_alone

_RING = "ring.json"
_DOOR = "door"
_WAIT_S = 60.0


class KeyFolder:
    """Paths and bytes; knows nothing of what the keys are for."""

    def __init__(self, path: Path, *, passphrase: str | None) -> None:
        self.path = path
        self.passphrase = known_passphrase(passphrase)
        self._keys: dict[str, AnyPrivateKey] = {}
        self._read: tuple[tuple[int, int, int], RingRecord] | None = None

    def exists(self) -> bool:
        """Whether there is a ring."""
        with said(self.path):
            return os.path.lexists(self.path / _RING)

    def record(self) -> RingRecord:
        """The ring as it is now. Raises KeysError: none, damaged, newer than this berg."""
        path = self.path / _RING
        if not self.exists():
            raise KeysError(
                f"there are no keys in {self.path}: `berg keys init` makes them",
                where=str(self.path),
            )
        with said(path):
            stat = path.stat()
        stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
        if self._read is None or self._read[0] != stamp:
            self._read = (stamp, _parse(read_private(path), path))
        return self._read[1]

    def write_record(self, record: RingRecord) -> None:
        """Replace the ring. Raises KeysError."""
        faults.point("keys-before-ring")
        write_private(self.path / _RING, record.model_dump_json(indent=2).encode() + b"\n")
        faults.point("keys-after-ring")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Make the folder and have it alone among all processes. Raises KeysError, StoreError."""
        private_folder(self.path)
        with said(self.path / _DOOR):
            held = wait_alone(self.path / _DOOR, wait_s=_WAIT_S)
        with held:
            self._sweep()
            yield

    def _sweep(self) -> None:
        """Take away what a killed process left half written."""
        with said(self.path):
            for path in self.path.glob(".*.????????????"):
                path.unlink(missing_ok=True)

    def key(self, name: str) -> AnyPrivateKey:
        """The private key called `name`. Raises KeysError."""
        if name not in self._keys:
            self._keys[name] = read_key(self.path / f"{name}.key", self.passphrase)
        return self._keys[name]

    def keep_key(self, name: str, key: AnyPrivateKey) -> None:
        """Write a private key, locked as the others are. Raises KeysError."""
        faults.point("keys-before-key")
        locked = self.record().locked if self.exists() else bool(self.passphrase)
        if locked and not self.passphrase:
            raise KeysError(
                f"the keys in {self.path} are locked with a passphrase: set {VARIABLE},"
                " or use a terminal",
                where=str(self.path),
            )
        write_key(self.path / f"{name}.key", key, self.passphrase if locked else None)

    def certificates(self, name: str) -> bytes:
        """The PEM called `name`. Raises KeysError."""
        return read_private(self.path / f"{name}.pem")

    def keep_certificates(self, name: str, pem: bytes) -> None:
        """Write a PEM. Raises KeysError."""
        write_private(self.path / f"{name}.pem", pem)


def _parse(data: bytes, path: Path) -> RingRecord:
    try:
        return RingRecord.model_validate_json(data)
    except ValidationError:
        raise KeysError(
            f"{path} is damaged or written by a newer berg: put it back from a backup or upgrade"
            " berg; the keys beside it are untouched",
            where=str(path),
        ) from None
