"""A signer: a certificate chain and something that signs bytes for it.

Signatures are as COSE wants them (RFC 8152, 8.1): for ECDSA r‖s, each as long as the curve's
order; for RSA, PSS with a salt as long as the digest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from berg.provenance.keys.files import KeysError
from berg.provenance.keys.record import Algorithm

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey

_CURVES: dict[str, Algorithm] = {
    "secp256r1": "es256",
    "secp384r1": "es384",
    "secp521r1": "es512",
}
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "256": hashes.SHA256,
    "384": hashes.SHA384,
    "512": hashes.SHA512,
}
_ORDER_BYTES = {"es256": 32, "es384": 48, "es512": 66}


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """What signs a manifest."""

    alg: Algorithm
    chain_pem: bytes
    """Leaf first; the root need not be there."""
    sign: Callable[[bytes], bytes]
    """Bytes to a raw signature. Raises KeysError."""
    time_stamp_url: str | None
    """RFC 3161 service, http or https."""
    id: str
    """16 hex digits of the SHA-256 of the leaf certificate."""
    name: str


def algorithm_of(key: object) -> Algorithm:
    """How a public key signs. Raises KeysError for one that C2PA doesn't allow."""
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PublicKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPublicKey):
        if key.key_size >= 2048:
            return "ps256"
        raise KeysError(f"an RSA key of {key.key_size} bits is too short: C2PA allows 2048 or more")
    raise KeysError(
        "the certificate's key is of a kind that C2PA doesn't allow: use ECDSA on P-256, P-384"
        " or P-521, RSA of at least 2048 bits, or Ed25519"
    )


def sign_with(key: PrivateKey, alg: Algorithm, data: bytes) -> bytes:
    """A raw signature of `data`."""
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    digest = _HASHES[alg[2:]]()
    if isinstance(key, rsa.RSAPrivateKey):
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        return key.sign(data, pss, digest)
    return raw_of(key.sign(data, ec.ECDSA(digest)), alg)


def raw_of(signature: bytes, alg: Algorithm) -> bytes:
    """An ECDSA signature as r‖s, from that or from DER. Raises ValueError if it is neither."""
    size = _ORDER_BYTES[alg]
    if len(signature) == 2 * size:
        return signature
    r, s = decode_dss_signature(signature)
    try:
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    except OverflowError:
        raise ValueError("a number longer than the curve's order") from None


def verify_raw(key: PublicKey, alg: Algorithm, signature: bytes, data: bytes) -> None:
    """Raises cryptography's InvalidSignature if `signature` isn't the key's for `data`."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return key.verify(signature, data)
    digest = _HASHES[alg[2:]]()
    if isinstance(key, rsa.RSAPublicKey):
        pss = padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)
        return key.verify(signature, data, pss, digest)
    return key.verify(_der_of(signature), data, ec.ECDSA(digest))


def _der_of(raw: bytes) -> bytes:
    half = len(raw) // 2
    return encode_dss_signature(
        int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
    )
