"""How keys and certificates are called, and how dates are written."""

import datetime
import hashlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.x509.oid import NameOID

_SHOWN = 200


def now_utc() -> datetime.datetime:
    """Now, by this machine's clock, in whole seconds."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def rfc3339(when: datetime.datetime) -> str:
    """`2026-11-22T10:00:00Z`."""
    return when.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def certificate_id(certificate: x509.Certificate) -> str:
    """16 hex digits of its SHA-256."""
    return certificate.fingerprint(hashes.SHA256()).hex()[:16]


def log_id(key: ed25519.Ed25519PrivateKey) -> str:
    """16 hex digits of the SHA-256 of the public key's 32 bytes."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def name_in(name: x509.Name) -> str:
    """The organisation, else the common name, else the whole name."""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        found = name.get_attributes_for_oid(oid)
        if found:
            return str(found[0].value)[:_SHOWN]
    return name.rfc4514_string()[:_SHOWN] or "no name"
