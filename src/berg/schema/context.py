"""Context: what a worker hands to a step's work. The step knows no store, engine or network."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from berg.schema.asset import Asset


class Context(Protocol):
    """The world of one running step."""

    @property
    def scratch(self) -> Path:
        """An empty folder of its own, removed afterwards."""
        ...

    @property
    def seed(self) -> int:
        """The step's seed."""
        ...

    @property
    def identity(self) -> str:
        """The step's own key: what a mark in its result leads back to."""
        ...

    @property
    def secrets(self) -> Mapping[str, bytes]:
        """The secrets that the step asked for, by id; never to be stored or shown."""
        ...

    @property
    def weights(self) -> Mapping[str, Path]:
        """Verified files, by the catalogue names that the step asked for."""
        ...

    @property
    def session(self) -> Any:
        """The resident session of the kind's `runtime`; None without one."""
        ...

    def path(self, asset: Asset) -> Path:
        """Where an input's bytes can be read; never to be written."""
        ...

    def put(self, path: Path, media_type: str) -> Asset:
        """Store a finished scratch file (it is moved) and return it as an asset."""
        ...

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        """Store bytes."""
        ...

    def progress(self, done: float) -> None:
        """Report the share done, 0 to 1; also what keeps a long step from counting as hung."""
        ...
