"""Certificate chains brought in: refused here, in words, if C2PA would refuse them later.

C2PA 2.2, 14.5.1: version 3; a signing use, and none that excludes it; digitalSignature; key
identifiers; an issuer other than itself. Trust is another matter: any sound chain may sign.
"""

import datetime
import itertools
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.x509.oid import ExtendedKeyUsageOID

from berg.errors import RequestError
from berg.provenance.keys.naming import name_in
from berg.provenance.keys.signer import PublicKey, algorithm_of
from berg.provenance.keys.uses import ALONE, SIGNING

LONGEST = 10
"""Certificates in a chain."""
_WEAK = ("md5", "sha1")
_Kind = TypeVar("_Kind", bound=x509.ExtensionType)


class CertificateError(RequestError):
    """A certificate or key that C2PA would refuse; nothing was changed."""

    code = "certificate"


def parse_chain(data: bytes, *, where: str) -> tuple[x509.Certificate, ...]:
    """Certificates of a PEM, in its order. Raises CertificateError: none, or too many."""
    try:
        chain = tuple(x509.load_pem_x509_certificates(data))
    except ValueError:
        raise CertificateError(
            f"{where} holds no certificate in PEM: give the chain, leaf first", where=where
        ) from None
    if len(chain) > LONGEST:
        raise CertificateError(f"{where} holds more than {LONGEST} certificates", where=where)
    return chain


def chain_pem(chain: tuple[x509.Certificate, ...]) -> bytes:
    """Certificates as PEM."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain)


def is_root(certificate: x509.Certificate) -> bool:
    """Whether it is issued by itself."""
    return certificate.issuer == certificate.subject


def check_chain(chain: tuple[x509.Certificate, ...], *, now: datetime.datetime) -> None:
    """Raises CertificateError with every reason why C2PA would refuse the chain."""
    leaf = chain[0]
    faults = [*_faults_of_leaf(leaf), *_faults_of_dates(chain, now), *_faults_of_order(chain)]
    if faults:
        raise CertificateError(
            f"the certificate of {name_in(leaf.subject)} can't sign: " + "; ".join(faults)
        )


def _faults_of_leaf(leaf: x509.Certificate) -> list[str]:
    if is_root(leaf):
        return ["it is issued by itself; C2PA wants one that an authority issued"]
    found = [
        _usage_fault(leaf),
        _extended_fault(leaf),
        _identifier_fault(leaf),
        _digest_fault(leaf),
    ]
    if leaf.version is not x509.Version.v3:
        found.append("it isn't of version 3")
    return [fault for fault in found if fault]


def _usage_fault(leaf: x509.Certificate) -> str | None:
    constraints = _extension(leaf, x509.BasicConstraints)
    if constraints and constraints.value.ca:
        return "it is an authority's own; put the leaf first"
    usage = _extension(leaf, x509.KeyUsage)
    if usage is None or not usage.value.digital_signature:
        return "its key usage doesn't allow digital signatures"
    if usage.value.key_cert_sign:
        return "its key usage allows signing certificates, which only an authority's may"
    return None


def _extended_fault(leaf: x509.Certificate) -> str | None:
    extended = _extension(leaf, x509.ExtendedKeyUsage)
    uses = list(extended.value) if extended else []
    if ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE in uses:
        return "it is good for any use, which C2PA forbids"
    if any(use in ALONE for use in uses):
        return "it is for time stamps or OCSP answers, which exclude signing files"
    if not any(use in SIGNING for use in uses):
        return (
            "its extended key usage has none that C2PA accepts: emailProtection, documentSigning"
            " or C2PA claim signing (1.3.6.1.4.1.62558.2.1)"
        )
    return None


def _identifier_fault(leaf: x509.Certificate) -> str | None:
    if _extension(leaf, x509.AuthorityKeyIdentifier) is None:
        return "it has no authority key identifier"
    return None


def _digest_fault(leaf: x509.Certificate) -> str | None:
    digest = leaf.signature_hash_algorithm
    if digest is not None and digest.name in _WEAK:
        return f"it is signed with {digest.name.upper()}, which is no longer safe"
    return None


def _faults_of_dates(chain: tuple[x509.Certificate, ...], now: datetime.datetime) -> list[str]:
    faults = []
    for one in chain:
        name = "it" if one is chain[0] else f"its issuer {name_in(one.subject)}"
        if one.not_valid_after_utc <= now:
            faults.append(f"{name} expired on {one.not_valid_after_utc:%Y-%m-%d}")
        if one.not_valid_before_utc > now:
            faults.append(f"{name} is valid only from {one.not_valid_before_utc:%Y-%m-%d}")
    return faults


def _faults_of_order(chain: tuple[x509.Certificate, ...]) -> list[str]:
    for lower, upper in itertools.pairwise(chain):
        try:
            lower.verify_directly_issued_by(upper)
        except (ValueError, TypeError, InvalidSignature):
            return [
                f"the chain is out of order: {name_in(upper.subject)} didn't issue"
                f" {name_in(lower.subject)}; leaf first, then its issuer, and so on"
            ]
    return []


def check_root(root: x509.Certificate, *, now: datetime.datetime) -> None:
    """Raise CertificateError if `root` can't be trusted as an authority."""
    name = name_in(root.subject)
    constraints = _extension(root, x509.BasicConstraints)
    if constraints is None or not constraints.value.ca:
        raise CertificateError(f"{name} is no authority: trust the root that issued it instead")
    if root.not_valid_after_utc <= now:
        raise CertificateError(f"{name} expired on {root.not_valid_after_utc:%Y-%m-%d}")


def public_key_of(leaf: x509.Certificate) -> PublicKey:
    """The leaf's key. Raises CertificateError for one that C2PA doesn't allow."""
    key = leaf.public_key()
    algorithm_of(key)
    return key  # type: ignore[return-value]  # algorithm_of has looked


def _extension(certificate: x509.Certificate, kind: type[_Kind]) -> x509.Extension[_Kind] | None:
    try:
        return certificate.extensions.get_extension_for_class(kind)
    except (x509.ExtensionNotFound, ValueError):
        return None
