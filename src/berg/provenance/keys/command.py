"""A command that signs: what stands between berg and a KMS or an HSM.

It gets the bytes to sign on standard input and gives the signature on standard output, for ECDSA
as DER or as r‖s. No shell is involved. Whatever it gives is checked against the certificate.
"""

from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature

from berg.children import NotStarted, TookTooLong, run_once
from berg.provenance.keys.files import KeysError
from berg.provenance.keys.record import Algorithm
from berg.provenance.keys.signer import PublicKey, raw_of, verify_raw

LIMIT_S = 30.0
"""How long it may take; a KMS answers within a second or two."""
_SIGNATURE_LIMIT = 4096
_TOLD = 300


def sign_by_command(
    command: Sequence[str],
    data: bytes,
    *,
    alg: Algorithm,
    public: PublicKey,
    limit_s: float = LIMIT_S,
) -> bytes:
    """The signature of `data` as COSE wants it.

    Raises KeysError: the command isn't there, fails, takes too long, or gives no signature that
    fits the certificate.
    """
    answer = _run(command, data, limit_s)
    try:
        signature = raw_of(answer, alg) if alg.startswith("es") else answer
        verify_raw(public, alg, signature, data)
    except (ValueError, InvalidSignature):
        raise KeysError(
            f"the signing command {command[0]} gave {len(answer)} bytes that are no {alg.upper()}"
            " signature by the certificate's key: does it sign with another key, or hash twice?"
        ) from None
    return signature


def _run(command: Sequence[str], data: bytes, limit_s: float) -> bytes:
    try:
        done = run_once(command, data=data, limit_s=limit_s, most_bytes=_SIGNATURE_LIMIT)
    except NotStarted as error:
        raise KeysError(f"the signing command {command[0]} can't be started: {error}") from None
    except TookTooLong:
        raise KeysError(
            f"the signing command {command[0]} gave no answer within {limit_s:g} s;"
            " run it by hand, then run the same command again"
        ) from None
    if done.status != 0 and len(done.out) <= _SIGNATURE_LIMIT:  # one that says too much is ended
        raise KeysError(
            f"the signing command {command[0]} failed with status {done.status}:"
            f" {_printable(done.err[:_TOLD]) or 'it said nothing'}"
        )
    return done.out


def _printable(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip()
