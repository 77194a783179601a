"""Bringing in one's own: a chain with its key, a chain with a signing command, roots to trust."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from berg.provenance.keys.chain import (
    CertificateError,
    chain_pem,
    check_chain,
    check_root,
    is_root,
    parse_chain,
    public_key_of,
)
from berg.provenance.keys.command import sign_by_command
from berg.provenance.keys.folder import KeyFolder
from berg.provenance.keys.naming import certificate_id, name_in, now_utc, rfc3339
from berg.provenance.keys.record import Algorithm, SignerRecord
from berg.provenance.keys.secret import parse_key
from berg.provenance.keys.signer import PrivateKey, algorithm_of, sign_with
from berg.provenance.keys.trial import try_signing

_LIMIT = 1 << 20
Chain = tuple[x509.Certificate, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What was brought in, checked and not yet kept."""

    chain: Chain
    """Leaf first, without the root."""
    roots: Chain
    key: PrivateKey | None
    command: tuple[str, ...]

    @property
    def algorithm(self) -> Algorithm:
        """How it signs."""
        return algorithm_of(self.chain[0].public_key())


def brought_key(chain: Path, key: Path, passphrase: str | None) -> Brought:
    """A PEM chain and a PEM key. Raises CertificateError, KeysError."""
    found = parse_key(_read(key), passphrase, where=str(key))
    return _brought(parse_chain(_read(chain), where=str(chain)), key=found)


def brought_pkcs12(bundle: Path, passphrase: str | None) -> Brought:
    """A PKCS#12 file with chain and key (RFC 7292). Raises CertificateError."""
    secret = passphrase.encode() if passphrase else None
    try:
        key, leaf, others = pkcs12.load_key_and_certificates(_read(bundle), secret)
    except (ValueError, TypeError):
        raise CertificateError(
            f"{bundle} can't be opened as PKCS#12: give its passphrase in"
            " BERG_IMPORT_PASSPHRASE, or convert it to PEM",
            where=str(bundle),
        ) from None
    if key is None or leaf is None:
        raise CertificateError(f"{bundle} lacks the key or its certificate", where=str(bundle))
    return _brought((leaf, *_in_order(leaf, others)), key=key)


def brought_command(chain: Path, command: tuple[str, ...]) -> Brought:
    """A PEM chain, and what signs for it. Raises CertificateError, KeysError."""
    return _brought(parse_chain(_read(chain), where=str(chain)), command=command)


def brought_roots(file: Path) -> Chain:
    """Roots to trust. Raises CertificateError."""
    roots = parse_chain(_read(file), where=str(file))
    for root in roots:
        check_root(root, now=now_utc())
    return roots


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except OSError as error:
        raise CertificateError(
            f"can't read {path}: {error.strerror or error}", where=str(path)
        ) from None
    if len(data) > _LIMIT:
        raise CertificateError(f"{path} is larger than 1 MiB", where=str(path))
    return data


def _in_order(leaf: x509.Certificate, others: list[x509.Certificate]) -> Chain:
    """PKCS#12 promises no order: each one's issuer after it."""
    by_subject = {one.subject: one for one in others}
    ordered, issuer = [], by_subject.pop(leaf.issuer, None)
    while issuer is not None:
        ordered.append(issuer)
        issuer = by_subject.pop(issuer.issuer, None)
    return tuple(ordered)


def _brought(chain: Chain, *, key: object = None, command: tuple[str, ...] = ()) -> Brought:
    check_chain(chain, now=now_utc())
    public = public_key_of(chain[0])
    if key is not None and _public_of(key) != public:
        raise CertificateError(
            f"the key isn't the one of {name_in(chain[0].subject)}: give the key that the"
            " certificate was issued for"
        )
    brought = Brought(
        chain=tuple(one for one in chain if not is_root(one)),
        roots=tuple(one for one in chain if is_root(one)),
        key=key,  # type: ignore[arg-type]  # its public half is one that signs
        command=command,
    )
    try_signing(chain_pem(brought.chain), brought.algorithm, signing(brought))
    return brought


def _public_of(key: object) -> object:
    return key.public_key() if hasattr(key, "public_key") else None


def notice_of(brought: Brought) -> str | None:
    """What the owner should know of a chain that C2PA accepts; None if nothing."""
    uses = brought.chain[0].extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.EMAIL_PROTECTION in uses:
        return None
    return (
        "the certificate is not for emailProtection: C2PA allows that, but readers that use the"
        " C2PA library with its own list of uses call what it signs invalid"
    )


def signing(brought: Brought) -> Callable[[bytes], bytes]:
    """What signs for it."""
    key, command, alg = brought.key, brought.command, brought.algorithm
    if key is not None:
        return lambda data: sign_with(key, alg, data)
    public = public_key_of(brought.chain[0])
    return lambda data: sign_by_command(command, data, alg=alg, public=public)


def keep_signer(folder: KeyFolder, brought: Brought) -> SignerRecord:
    """Write what was brought in, and say what the ring should hold of it. Raises KeysError."""
    leaf = brought.chain[0]
    identifier = certificate_id(leaf)
    if brought.key is not None:
        folder.keep_key(f"signer-{identifier}", brought.key)
    folder.keep_certificates(f"signer-{identifier}", chain_pem(brought.chain))
    return SignerRecord(
        id=identifier,
        kind="command" if brought.command else "key",
        alg=brought.algorithm,
        name=name_in(leaf.subject),
        issuer=name_in(leaf.issuer),
        made=rfc3339(now_utc()),
        not_after=rfc3339(leaf.not_valid_after_utc),
        command=brought.command,
    )


def keep_roots(folder: KeyFolder, roots: Chain) -> tuple[str, ...]:
    """Write roots; their ids. Raises KeysError."""
    for root in roots:
        folder.keep_certificates(f"trust-{certificate_id(root)}", chain_pem((root,)))
    return tuple(certificate_id(root) for root in roots)
