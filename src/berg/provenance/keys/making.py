"""Making keys: a whole ring, a new leaf, a new epoch of a watermark's key.

Each function writes files and returns what the ring should say of them; none replaces the ring.
"""

import datetime
import secrets

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519

from berg.carriers.watermark.found import SECRET_BYTES, MarkKey
from berg.provenance.keys.authority import Issued, new_authority, new_leaf
from berg.provenance.keys.files import KeysError
from berg.provenance.keys.folder import KeyFolder
from berg.provenance.keys.naming import certificate_id, log_id, name_in, now_utc, rfc3339
from berg.provenance.keys.record import MarkRecord, RingRecord, SignerRecord

DEFAULT_TENANT = "default"


def make_ring(
    folder: KeyFolder,
    name: str | None,
    time_stamp_url: str | None,
    log_origin: str | None = None,
) -> RingRecord:
    """Write an authority, a leaf, a log key and a watermark key. Raises KeysError."""
    now = now_utc()
    name = name or f"berg {secrets.token_hex(4)}"
    authority = new_authority(name, now=now)
    identifier = certificate_id(authority.certificate)
    folder.keep_key(f"authority-{identifier}", authority.key)
    folder.keep_certificates(f"authority-{identifier}", authority.pem)
    signer = make_signer(folder, authority, name)
    log = ed25519.Ed25519PrivateKey.generate()
    folder.keep_key(f"log-{log_id(log)}", log)
    return RingRecord(
        name=name,
        made=rfc3339(now),
        locked=bool(folder.passphrase),
        authority=identifier,
        signers=(signer,),
        signer=signer.id,
        log=log_id(log),
        log_origin=log_origin or f"log.berg.invalid/{log_id(log)}",
        marks=(make_mark(folder, DEFAULT_TENANT, 1),),
        tenant=DEFAULT_TENANT,
        time_stamp_url=time_stamp_url,
    )


def read_authority(folder: KeyFolder, identifier: str) -> Issued:
    """The local authority, to issue with. Raises KeysError."""
    key = folder.key(f"authority-{identifier}")
    certificate = x509.load_pem_x509_certificate(folder.certificates(f"authority-{identifier}"))
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeysError(f"the authority's key in {folder.path} is of another kind: put it back")
    if certificate.not_valid_after_utc <= now_utc() + datetime.timedelta(days=1):
        raise KeysError("the local authority has expired: begin a new home with new keys")
    return Issued(key=key, certificate=certificate)


def make_signer(folder: KeyFolder, authority: Issued, name: str) -> SignerRecord:
    """Issue and write a leaf. Raises KeysError."""
    now = now_utc()
    leaf = new_leaf(authority, name, now=now)
    identifier = certificate_id(leaf.certificate)
    folder.keep_key(f"signer-{identifier}", leaf.key)
    folder.keep_certificates(f"signer-{identifier}", leaf.pem)
    return SignerRecord(
        id=identifier,
        kind="local",
        alg="es256",
        name=name,
        issuer=name_in(authority.certificate.subject),
        made=rfc3339(now),
        not_after=rfc3339(leaf.certificate.not_valid_after_utc),
    )


def make_mark(folder: KeyFolder, tenant: str, epoch: int) -> MarkRecord:
    """Write a new watermark key. Raises KeysError."""
    key = MarkKey.of(secrets.token_bytes(SECRET_BYTES))
    folder.keep_key(f"mark-{key.id}", x25519.X25519PrivateKey.from_private_bytes(key.secret))
    return MarkRecord(id=key.id, tenant=tenant, epoch=epoch, made=rfc3339(now_utc()))


def read_mark(folder: KeyFolder, identifier: str) -> MarkKey:
    """A watermark's key. Raises KeysError."""
    held = folder.key(f"mark-{identifier}")
    if not isinstance(held, x25519.X25519PrivateKey):
        raise KeysError(f"mark-{identifier}.key in {folder.path} is of another kind: put it back")
    raw = held.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    key = MarkKey.of(raw)
    if key.id != identifier:
        raise KeysError(f"mark-{identifier}.key in {folder.path} holds another key: put it back")
    return key
