"""Chance that a key decides: the same secret and purpose give the same draws, for ever.

Drawn from SHAKE-256 (FIPS 202), not from a library's generator, whose stream may change between
versions. Each use names its purpose, so that no two patterns share their draws.
"""

import hashlib

import numpy as np
import numpy.typing as npt


def keyed_bytes(secret: bytes, purpose: str, count: int) -> bytes:
    """`count` bytes."""
    name = purpose.encode()
    return hashlib.shake_256(len(name).to_bytes(4, "big") + name + secret).digest(count)


def keyed_signs(secret: bytes, purpose: str, count: int) -> npt.NDArray[np.float32]:
    """`count` signs, each -1 or 1, evenly likely; float32 (count,)."""
    drawn = np.frombuffer(keyed_bytes(secret, purpose, (count + 7) // 8), np.uint8)
    return np.unpackbits(drawn)[:count].astype(np.float32) * np.float32(2) - np.float32(1)


def keyed_order(secret: bytes, purpose: str, count: int) -> npt.NDArray[np.intp]:
    """The numbers 0 to `count` (exclusive) in an order that the key decides."""
    drawn = np.frombuffer(keyed_bytes(secret, purpose, 8 * count), ">u8")
    return np.argsort(drawn, kind="stable")
