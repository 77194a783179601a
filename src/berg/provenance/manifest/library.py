"""The C2PA library, set so that it never fetches anything and trusts only what it is told to.

c2pa-python over c2pa-rs: its options are those of `Settings` there. Contexts are shared, for
making one costs more than using it; a forked child makes its own.
"""

import functools
import os
from typing import Any

import c2pa

from berg.provenance.keys import TRUST_CONFIG

THRESHOLD_MIB = 64
"""Above this the library keeps what it works on in a file of its own instead of in memory."""
MANIFEST_LIMIT_MIB = 32
"""What a compressed manifest may grow to."""


def settings_of(anchors: bytes, *, checked: bool = True) -> dict[str, Any]:
    """Options: no thumbnails, no network, trust in `anchors` (PEM) alone."""
    return {
        "version": 1,
        "core": {
            "backing_store_memory_threshold_in_mb": THRESHOLD_MIB,
            "max_decompressed_manifest_size_in_mb": MANIFEST_LIMIT_MIB,
            "allow_redirects": False,
            "decode_identity_assertions": False,
        },
        "verify": {
            "verify_after_reading": checked,
            "verify_trust": True,
            "verify_after_sign": False,
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
        },
        "trust": {
            "user_anchors": anchors.decode("ascii", "replace") or None,
            "trust_config": TRUST_CONFIG,
        },
        "builder": {"thumbnail": {"enabled": False}},
    }


def context(anchors: bytes) -> c2pa.Context:
    """A context that trusts `anchors`; the same one for the same anchors in one process."""
    return _context(anchors, True, os.getpid())


def unchecked() -> c2pa.Context:
    """A context that reads without checking: only to see whether there is a manifest."""
    return _context(b"", False, os.getpid())


@functools.lru_cache(maxsize=8)
def _context(anchors: bytes, checked: bool, _: int) -> c2pa.Context:
    with c2pa.Settings.from_dict(settings_of(anchors, checked=checked)) as settings:
        return c2pa.Context(settings=settings)
