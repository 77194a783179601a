"""Reading files out of a wheel, a zip or a tar, without unpacking anything to a path it names.

An archive is not believed: a member's stated size is compared with the catalogue's before it is
read, and no more than that is ever read, so neither a bomb nor a lying header can fill a disk.
"""

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from berg.weights.source import Wrong

CHUNK = 1 << 20
"""Bytes read at a time."""
_DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    NotImplementedError,
)


class Archive:
    """One archive, open for reading; members read in the archive's order cost one pass."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises Wrong if it is neither zip nor tar, or is damaged."""
        self.path = path
        self._file: zipfile.ZipFile | tarfile.TarFile
        with self._damage_told(""):
            if zipfile.is_zipfile(path):
                self._file = zipfile.ZipFile(path)
            else:
                self._file = tarfile.open(path)  # noqa: SIM115 - closed by close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def size(self, member: str) -> int:
        """Size of a member as the archive states it. Raises Wrong if there is none."""
        with self._damage_told(member):
            if isinstance(self._file, zipfile.ZipFile):
                return self._file.getinfo(member).file_size
            return self._file.getmember(member).size

    def read(self, member: str, *, most: int) -> Iterator[bytes]:
        """A member's bytes in chunks. Raises Wrong when damaged or longer than `most`."""
        with self._damage_told(member), self._open(member) as stream:
            left = most
            while chunk := stream.read(min(CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    raise Wrong(f"{member} holds more than the {most} bytes it should")
                yield chunk

    def _open(self, member: str) -> IO[bytes]:
        if isinstance(self._file, zipfile.ZipFile):
            return self._file.open(member)
        stream = self._file.extractfile(self._file.getmember(member))
        if stream is None:
            raise Wrong(f"{member} in {self.path.name} is not a file")
        return stream

    @contextmanager
    def _damage_told(self, member: str) -> Iterator[None]:
        try:
            yield
        except KeyError as error:
            raise Wrong(f"{self.path.name} has no {member}") from error
        except _DAMAGED as error:
            raise Wrong(f"{self.path.name} is damaged: {error}") from error
