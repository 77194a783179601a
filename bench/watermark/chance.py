"""Chance that repeats: generators, keys and identifiers, each by its name."""

import hashlib

import numpy as np

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.payload import identifier_of

KEYS = 6
"""Keys in use; one trial in six has the same."""


def chance(*names: object) -> np.random.Generator:
    """A generator of its own for each name."""
    text = "/".join(str(name) for name in names)
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


def key(number: int) -> MarkKey:
    """The n-th key of the trials."""
    return MarkKey.of(hashlib.sha256(f"berg watermark trials {number}".encode()).digest())


def identifier(*names: object) -> str:
    """What a trial carries."""
    return identifier_of("trial " + "/".join(str(name) for name in names))
