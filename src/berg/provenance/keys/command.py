"""A command that signs: what stands between berg and a KMS or an HSM.

It gets the bytes to sign on standard input and gives the signature on standard output, for ECDSA
as DER or as r‖s. No shell is involved. Whatever it gives is checked against the certificate.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature

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
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            process = subprocess.Popen(
                list(command), stdin=subprocess.PIPE, stdout=out, stderr=err, start_new_session=True
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise KeysError(f"the signing command {command[0]} can't be started: {why}") from None
        with process:
            try:
                process.communicate(data, timeout=limit_s)
            except subprocess.TimeoutExpired:
                _end(process)
                raise KeysError(
                    f"the signing command {command[0]} gave no answer within {limit_s:g} s;"
                    " run it by hand, then run the same command again"
                ) from None
            except BaseException:
                _end(process)
                raise
        out.seek(0)
        err.seek(0)
        answer, told = out.read(_SIGNATURE_LIMIT + 1), err.read(_TOLD)
    if process.returncode != 0:
        raise KeysError(
            f"the signing command {command[0]} failed with status {process.returncode}:"
            f" {_printable(told) or 'it said nothing'}"
        )
    return answer


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _printable(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text).strip()
