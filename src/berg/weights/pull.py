"""Fetching files of the catalogue: sources in order, verified before they count as there.

Everything is written aside in `partial/` and renamed when its digest is right. Archives stay there
until every file wanted from them is out, so a killed pull goes on with what it had.
"""

import errno
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from berg.errors import WeightsError
from berg.schema.model import WeightsEntry
from berg.weights.keep import is_intact, kept_path, write_stamp
from berg.weights.parts import PackageParts, Tell
from berg.weights.source import Refused, WeightSource, Wrong, parse_source


class Pull:
    """One pull into one folder, which the caller has locked."""

    def __init__(self, folder: Path, report: Tell) -> None:
        self._folder = folder
        self._report = report
        self._parts = PackageParts(folder / "partial", report)
        self._wrong: set[str] = set()

    def take(self, entries: Iterable[WeightsEntry]) -> None:
        """Fetch what is not there. Raises WeightsError naming all that could not be had."""
        try:
            failed = [f"{item.name}: {why}" for item in entries if (why := self._why_not(item))]
            # Parts of what could not be had stay for the next pull, unless they gave wrong bytes.
            self._parts.tidy(keep=lambda name: bool(failed) and name not in self._wrong)
        finally:
            self._parts.close()
        if failed:
            raise WeightsError("could not be had:\n  " + "\n  ".join(failed))

    def _why_not(self, item: WeightsEntry) -> str:
        """Fetch one file; why it could not be had, or nothing."""
        try:
            return "" if is_intact(self._folder, item) else self._try_sources(item)
        except OSError as error:
            raise WeightsError(_said(error, self._folder, item), where=item.name) from error

    def _try_sources(self, item: WeightsEntry) -> str:
        reasons: list[str] = []
        for alternative in item.sources:
            texts = (alternative,) if isinstance(alternative, str) else alternative
            parts = [parse_source(text) for text in texts]
            try:
                self._assemble(item, parts)
            except Refused as refused:
                if isinstance(refused, Wrong):
                    self._wrong.update(part.archive for part in parts)
                    self._drop(parts)
                reasons.append(f"{texts[0]}: {refused}")
                self._report(f"{item.name}: skipped {reasons[-1]}")
            else:
                self._drop(parts)
                self._report(f"{item.name}: {item.size:,} bytes, {item.licence}, verified")
                return ""
        return "; ".join(reasons)

    def _drop(self, parts: Iterable[WeightSource]) -> None:
        for part in parts:
            self._parts.drop(part)

    def _assemble(self, item: WeightsEntry, parts: list[WeightSource]) -> None:
        """Put the parts together, check them, and keep the file. Raises Refused."""
        total = sum(self._parts.size(part, most=item.size) for part in parts)
        if total != item.size:
            raise Wrong(f"is {total} bytes long and should be {item.size}")
        whole = self._parts.whole(parts[0]) if len(parts) == 1 else None
        aside = self._folder / "partial" / f"{item.sha256}.new"
        try:
            path, found = whole or (aside, self._write(aside, parts, most=item.size))
            if found != item.sha256:
                raise Wrong(f"wrong digest: {found}, should be {item.sha256}")
            target = kept_path(self._folder, item)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)
            write_stamp(target)
        finally:
            aside.unlink(missing_ok=True)

    def _write(self, aside: Path, parts: list[WeightSource], *, most: int) -> str:
        """Write and sync the parts; the digest of what was written."""
        hashed = hashlib.sha256()
        with aside.open("wb") as file:
            for part in parts:
                for chunk in self._parts.chunks(part, most=most):
                    hashed.update(chunk)
                    file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return hashed.hexdigest()


def _said(error: OSError, folder: Path, item: WeightsEntry) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk of {folder} is full; {item.name} needs {item.size:,} bytes"
    return f"{item.name} can't be kept in {folder}: {error.strerror or error}"
