"""Private keys as they lie on disk: PKCS#8 in PEM (RFC 5958), encrypted if there is a passphrase.

A watermark's secret of 32 bytes is held the same way, as the private key of X25519 (RFC 7748),
which any 32 bytes are: so there is one format, one way of encrypting, and common tools read it.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519

from berg.provenance.keys.files import KeysError, read_private, write_private
from berg.provenance.keys.signer import PrivateKey

VARIABLE = "BERG_KEYS_PASSPHRASE"
"""Environment variable that holds the passphrase of the private keys."""

AnyPrivateKey = PrivateKey | x25519.X25519PrivateKey


def known_passphrase(given: str | None) -> str | None:
    """`given`, or what the environment says; None for neither."""
    return given or os.environ.get(VARIABLE) or None


def pkcs8(key: AnyPrivateKey, passphrase: str | None) -> bytes:
    """The key as PEM, encrypted if there is a passphrase."""
    how: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        how = serialization.BestAvailableEncryption(passphrase.encode())
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, how)


def write_key(path: Path, key: AnyPrivateKey, passphrase: str | None) -> None:
    """Put a key at `path`, for its owner alone. Raises KeysError."""
    write_private(path, pkcs8(key, passphrase))


def read_key(path: Path, passphrase: str | None) -> AnyPrivateKey:
    """The key at `path`. Raises KeysError: as `read_private` and `parse_key`."""
    return parse_key(read_private(path), passphrase, where=str(path))


def parse_key(data: bytes, passphrase: str | None, *, where: str) -> AnyPrivateKey:
    """A private key from PEM.

    Raises KeysError: encrypted and no passphrase, a wrong one, damaged, of an unknown kind.
    """
    encrypted = b"ENCRYPTED" in data
    if encrypted and not passphrase:
        raise KeysError(
            f"{where} is locked with a passphrase: set {VARIABLE}, or use a terminal",
            where=where,
        )
    secret = passphrase.encode() if encrypted and passphrase else None
    try:
        key = serialization.load_pem_private_key(data, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeysError(_unreadable(where, encrypted), where=where) from None
    kinds = (
        ec.EllipticCurvePrivateKey,
        rsa.RSAPrivateKey,
        ed25519.Ed25519PrivateKey,
        x25519.X25519PrivateKey,
    )
    if not isinstance(key, kinds):
        raise KeysError(
            f"{where} is a key of a kind that can't sign here: use ECDSA, RSA or Ed25519",
            where=where,
        )
    return key


def _unreadable(where: str, encrypted: bool) -> str:
    if encrypted:
        return f"the passphrase doesn't open {where} (or the file is damaged): check {VARIABLE}"
    return f"{where} is no private key in PEM that can be read: put it back from a backup"
