"""What a worker hands to a step, over the objects alone."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from berg.engine.secrets import Secrets
from berg.schema.asset import Asset
from berg.store.interface import Objects

PROGRESS_EVERY_S = 0.1
"""Kept low enough to look alive, high enough to cost nothing."""


class ScratchFolder:
    """A folder that is made when it is first asked for: most small steps need none."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._path: Path | None = None

    def path(self) -> Path:
        """The folder. Raises StoreError."""
        if self._path is None:
            self._path = self._objects.scratch()
        return self._path

    def remove(self) -> None:
        """Remove it, with all that lies in it."""
        if self._path is not None:
            shutil.rmtree(self._path, ignore_errors=True)


class WorkContext:
    """The `Context` that a step is handed."""

    def __init__(
        self,
        objects: Objects,
        scratch: ScratchFolder,
        weights: Mapping[str, Path],
        session: Any,
        secrets: Secrets,
        job: Mapping[str, Any],
        tell: Any,
    ) -> None:
        self._objects = objects
        self._tell = tell
        self._told = 0.0
        self._scratch = scratch
        self.weights = weights
        self.session = session
        self.seed: int = job["seed"]
        self.identity: str = job["identity"]
        self.secrets = secrets

    @property
    def scratch(self) -> Path:
        """An empty folder of the step's own."""
        return self._scratch.path()

    def path(self, asset: Asset) -> Path:
        """Where an input's bytes can be read."""
        return self._objects.path(asset)

    def put(self, path: Path, media_type: str) -> Asset:
        """Store a finished scratch file."""
        return self._objects.put_file(path, media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes."""
        return self._objects.put_bytes(data, media_type)

    def progress(self, done: float) -> None:
        """Report the share done."""
        now = time.monotonic()
        if now - self._told >= PROGRESS_EVERY_S:
            self._told = now
            self._tell(done)
