"""The weights room of one home: what is there, verified, and getting what is not."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from berg.errors import WeightsError
from berg.plugins import LeftOut
from berg.schema.model import WeightsEntry
from berg.weights.catalogue import CATALOGUE, entry
from berg.weights.keep import is_intact, kept_file, kept_path
from berg.weights.layers import CatalogueLayer
from berg.weights.parts import Tell
from berg.weights.pull import Pull

Status = Literal["here", "missing", "damaged"]


class Weights:
    """Files of the catalogue under `<home>/weights`. Safe to share between processes."""

    def __init__(self, home: Path, *, catalogue: Mapping[str, WeightsEntry] = CATALOGUE) -> None:
        self._folder = home / "weights"
        self._catalogue = dict(catalogue)

    def over(self, layer: CatalogueLayer) -> tuple["Weights", list[LeftOut]]:
        """The same room with a further catalogue, and what of that can't be used.

        A name that is taken keeps its meaning: an entry of that name with other bytes is left
        out, and said.
        """
        wider = Weights(self._folder.parent, catalogue=self._catalogue)
        problems = []
        for item in layer.entries:
            there = wider._catalogue.setdefault(item.name, item)
            if there.sha256 != item.sha256:
                what = f"{item.name} of {layer.origin}"
                problems.append(LeftOut(what=what, why="there is another one of that name"))
        return wider, problems

    def entries(self) -> tuple[WeightsEntry, ...]:
        """All that may be fetched, in the catalogue's order."""
        return tuple(self._catalogue.values())

    def default_names(self) -> tuple[str, ...]:
        """What the default install and the example need."""
        return tuple(item.name for item in self.entries() if item.example)

    def digest(self, name: str) -> str:
        """SHA-256 that the catalogue gives; the file need not be there."""
        return self._entry(name).sha256

    def path(self, name: str) -> Path:
        """The file, verified. Raises WeightsError saying how to get it."""
        item = self._entry(name)
        if not is_intact(self._folder, item):
            raise WeightsError(
                f"{name} is {self.status(name)}; get it with `berg models pull {name}`", where=name
            )
        return kept_path(self._folder, item)

    def kept(self, name: str, sha256: str) -> Path:
        """The file of that digest, verified, whatever catalogue it stands in; `name` is for
        messages. Raises WeightsError saying how to get it."""
        path = kept_file(self._folder, sha256)
        if path is None:
            raise WeightsError(
                f"{name} is missing or damaged; get it with `berg models pull {name}`", where=name
            )
        return path

    def has(self, name: str) -> bool:
        """Whether the file is there with the right bytes."""
        return is_intact(self._folder, self._entry(name))

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the names that are not there with the right bytes."""
        return tuple(name for name in names if not self.has(name))

    def status(self, name: str) -> Status:
        """Whether a file is there; hashes only what was changed since it was last hashed."""
        return self._status(self._entry(name), rehash=False)

    def check(self, names: Iterable[str] | None = None) -> dict[str, Status]:
        """Hash every named file anew (all by default); nothing is changed or fetched."""
        wanted = self._catalogue if names is None else names
        return {name: self._status(self._entry(name), rehash=True) for name in wanted}

    def pull(self, names: Iterable[str], report: Tell) -> None:
        """Fetch what is not there; a second pull on the same home waits for the first.

        `report` gets a line for a person whenever something was fetched or skipped. No network
        is touched when all is there. Raises WeightsError naming all that could not be had and
        why; what was got is kept, and the next pull goes on.
        """
        wanted = [self._entry(name) for name in dict.fromkeys(names)]
        wanted = [item for item in wanted if not is_intact(self._folder, item)]
        if not wanted:
            return
        with self._lock(report):
            Pull(self._folder, report).take(wanted)

    def _entry(self, name: str) -> WeightsEntry:
        return entry(name, self._catalogue)

    def _status(self, item: WeightsEntry, *, rehash: bool) -> Status:
        if is_intact(self._folder, item, rehash=rehash):
            return "here"
        return "damaged" if kept_path(self._folder, item).exists() else "missing"

    @contextmanager
    def _lock(self, report: Tell) -> Iterator[None]:
        """Only one pull writes into a home; the kernel lets go of the lock of a killed process."""
        try:
            (self._folder / "partial").mkdir(parents=True, exist_ok=True)
            handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise WeightsError(f"{self._folder} can't be written: {error.strerror}") from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                report("waiting for another pull into the same home")
                fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)
