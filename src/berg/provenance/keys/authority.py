"""A local certificate authority: one root, and the leaves it issues to sign manifests.

Certificates follow C2PA 2.2, 14.5.1 (certificate profile): version 3, critical digitalSignature,
an extended use for signing, key identifiers of subject and issuer, never self-signed leaves. It
proves no more than that files came from whoever holds these keys: nobody vouches for the name.
"""

import datetime
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_LIFE = datetime.timedelta(days=20 * 365)
LEAF_LIFE = datetime.timedelta(days=5 * 365)
"""Long, because a file signed without a time stamp is `expired` once its leaf is."""
CLOCK_SLACK = datetime.timedelta(hours=1)
"""Valid from a little before now, for readers whose clock is behind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A certificate and its private key."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def new_authority(name: str, *, now: datetime.datetime) -> Issued:
    """A root that may sign leaves and nothing below them."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(f"{name}, local authority", name)
    builder = _begin(subject, subject, key.public_key(), now, ROOT_LIFE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return Issued(key=key, certificate=builder.sign(key, hashes.SHA256()))


def new_leaf(authority: Issued, name: str, *, now: datetime.datetime) -> Issued:
    """A leaf that may sign manifests, issued by `authority`."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = authority.certificate
    life = min(LEAF_LIFE, issuer.not_valid_after_utc - now)
    builder = _begin(_name(name, name), issuer.subject, key.public_key(), now, life)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
    )
    identifier = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False
    )
    return Issued(key=key, certificate=builder.sign(authority.key, hashes.SHA256()))


def _name(common: str, organisation: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _begin(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    now: datetime.datetime,
    life: datetime.timedelta,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
