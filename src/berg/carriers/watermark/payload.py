"""What a watermark carries: 64 bits, an identifier of 40 and a keyed check of 24.

The check is the first 24 bits of HMAC-SHA256 of the identifier under the key's secret (FIPS 198-1).
It guards against false alarms: a word of chance passes with probability 2^-24 a try. It is no
signature: whoever has the secret can mark anything with any identifier. Not here: error correction
(`code`), and where the bits are hidden (`picture`, `frames`, `sound`).
"""

import hashlib
import hmac

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]

WORD_BITS = 64
CHECK_BITS = 24
IDENTIFIER_DIGITS = 10
"""Hexadecimal digits of an identifier: 40 bits."""
_DIGITS = frozenset("0123456789abcdef")


def identifier_of(identity: str) -> str:
    """The identifier, 10 hexadecimal digits, of what something is known by (a recipe's id)."""
    return hashlib.sha256(b"berg mark\0" + identity.encode()).hexdigest()[:IDENTIFIER_DIGITS]


def word_of(identifier: str, secret: bytes) -> Bits:
    """The 64 bits (uint8 of 0 and 1) that carry an identifier under a key's secret.

    Raises ValueError unless the identifier is 10 hexadecimal digits in lower case.
    """
    if len(identifier) != IDENTIFIER_DIGITS or not _DIGITS.issuperset(identifier):
        raise ValueError(f"a mark's identifier is {IDENTIFIER_DIGITS} hexadecimal digits")
    carried = bytes.fromhex(identifier)
    return np.unpackbits(np.frombuffer(carried + _check(carried, secret), np.uint8))


def identifier_in(word: Bits, secret: bytes) -> str | None:
    """The identifier that a decoded word (64,) carries; None if the check says that it is none."""
    packed = np.packbits(word).tobytes()
    carried, check = packed[: -CHECK_BITS // 8], packed[-CHECK_BITS // 8 :]
    return carried.hex() if hmac.compare_digest(check, _check(carried, secret)) else None


def _check(carried: bytes, secret: bytes) -> bytes:
    digest = hmac.digest(secret, b"berg mark check\0" + carried, "sha256")
    return digest[: CHECK_BITS // 8]
