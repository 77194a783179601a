"""Logs, entries and keys for tests."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg.provenance.log import Entry, Log

ORIGIN = "log.example/berg"


def key_of(seed: str) -> Ed25519PrivateKey:
    """A key that is the same in every process."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(seed.encode()).digest())


def log_at(folder: Path, *, seed: str = "log") -> Log:
    return Log(folder, key=key_of(seed), origin=ORIGIN)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entry_of(number: int, *, kind: str = "", marks: tuple[str, ...] | None = None) -> Entry:
    """The entry of a file by its number."""
    name = f"{kind}{number}"
    return Entry(
        content_sha256=digest(f"content {name}"),
        sha256=digest(f"file {name}"),
        manifest_sha256=digest(f"manifest {name}"),
        produce_id=f"id-{name}",
        marks=(digest(f"mark {name}")[:10],) if marks is None else marks,
        receipt_sha256=digest(f"receipt {name}"),
        media_type="video/mp4",
        time="2026-11-22T10:00:00Z",
    )


def entries_of(begin: int, end: int, *, kind: str = "") -> list[Entry]:
    return [entry_of(number, kind=kind) for number in range(begin, end)]
