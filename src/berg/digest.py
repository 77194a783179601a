"""Hashing: canonical JSON and SHA-256, each record prefixed by its type.

Two values have the same digest exactly if they are the same plain data. Floats are refused on
purpose: a key must not hang on how a float is printed; use integers or rationals as text.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic_core import to_json

_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical_json(value: Any) -> bytes:
    """Plain data as JSON bytes: sorted keys, no white space, UTF-8."""
    return _encode(value).encode("utf-8", "surrogatepass")


def digest_of_sorted(record_type: str, value: Any) -> str:
    """As `digest_of`, many times faster, for data whose maps are in sorted order already."""
    return hashlib.sha256(record_type.encode() + b"\0" + to_json(value)).hexdigest()


def digest_of(record_type: str, value: Any) -> str:
    """SHA-256 (64 hex digits) of a typed record of plain data."""
    return hashlib.sha256(record_type.encode() + b"\0" + canonical_json(value)).hexdigest()


def bytes_sha256(data: bytes) -> str:
    """SHA-256 of bytes, 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, read in chunks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
