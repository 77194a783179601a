"""A trial: one tiny picture signed with a chain and read back, as any reader of C2PA would.

What the checks in `chain.py` don't know of, the library that everybody uses says here.
"""

import io
import json
from collections.abc import Callable
from typing import Any

from berg.provenance.keys.chain import CertificateError
from berg.provenance.keys.record import Algorithm
from berg.provenance.keys.uses import TRUST_CONFIG

_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)
_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
_DEFINITION = {
    "claim_version": 2,
    "claim_generator_info": [{"name": "berg trial"}],
    "assertions": [
        {
            "label": "c2pa.actions.v2",
            "data": {"actions": [{"action": "c2pa.created", "digitalSourceType": _SOURCE}]},
        }
    ],
}
_SETTINGS = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_after_sign": False},
    "trust": {"trust_config": TRUST_CONFIG},
    "builder": {"thumbnail": {"enabled": False}},
}


def try_signing(chain_pem: bytes, alg: Algorithm, sign: Callable[[bytes], bytes]) -> None:
    """Raises CertificateError if nobody would accept what is signed so; what `sign` raises."""
    import c2pa  # heavy: only who brings a certificate pays for it

    raised: list[Exception] = []

    def caught(data: bytes) -> bytes:
        try:
            return sign(data)
        except Exception as error:
            raised.append(error)
            return b""

    try:
        report = _report(chain_pem, alg, caught)
    except c2pa.C2paError as error:
        if raised:
            raise raised[0] from None
        raise CertificateError(f"C2PA refuses the certificate: {str(error)[:200]}") from None
    failures = (report.get("validation_results") or {}).get("activeManifest", {}).get("failure", [])
    why = [f"{item['explanation']} ({item['code']})" for item in failures if _matters(item)]
    if why:
        raise CertificateError("C2PA refuses the certificate: " + "; ".join(why)[:300])


def _matters(failure: dict[str, Any]) -> bool:
    return failure.get("code") != "signingCredential.untrusted"


def _report(chain: bytes, alg: Algorithm, sign: Callable[[bytes], bytes]) -> dict[str, Any]:
    import c2pa

    with c2pa.Settings.from_dict(_SETTINGS) as settings:
        context = c2pa.Context(settings=settings)
    out = io.BytesIO()
    with (
        context,
        c2pa.Signer.from_callback(
            sign, c2pa.C2paSigningAlg[alg.upper()], chain.decode("ascii"), None
        ) as signer,
        c2pa.Builder(_DEFINITION, context=context) as builder,
    ):
        builder.sign(signer, "image/png", io.BytesIO(_PNG), out)
        with c2pa.Reader("image/png", out, context=context) as reader:
            report: dict[str, Any] = json.loads(reader.json())
    return report
