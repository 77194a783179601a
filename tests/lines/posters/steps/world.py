"""A context over a folder, for steps that are run without an engine."""

import hashlib
from pathlib import Path
from typing import Any

from berg.schema.asset import Asset


class World:
    """Keeps what a step puts, and finds it again."""

    def __init__(self, scratch: Path) -> None:
        self.scratch = scratch
        self.seed = 0
        self.identity = "ab" * 32
        self.secrets: dict[str, bytes] = {}
        self.weights: dict[str, Path] = {}
        self.session: Any = None
        self.objects: dict[str, Path] = {}

    def path(self, asset: Asset) -> Path:
        return self.objects[asset.sha256]

    def put(self, path: Path, media_type: str) -> Asset:
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        self.objects[digest] = path
        return Asset(sha256=digest, size=len(data), media_type=media_type)

    def put_bytes(self, data: bytes, media_type: str) -> Asset:
        path = self.scratch / hashlib.sha256(data).hexdigest()
        path.write_bytes(data)
        return self.put(path, media_type)

    def progress(self, done: float) -> None:
        assert 0 <= done <= 1
