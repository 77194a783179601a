"""C2PA's status codes in words that somebody can read who knows no code.

C2PA 2.2, 15.2.2 (standard status codes).
"""

from typing import Any

_WORDS = {
    "assertion.dataHash.mismatch": "the file was changed after it was signed, or the manifest is"
    " another file's",
    "assertion.bmffHash.mismatch": "the file was changed after it was signed, or the manifest is"
    " another file's",
    "signingCredential.untrusted": "nobody trusted here vouches for the signer",
    "signingCredential.expired": "the signer's certificate had expired",
    "claimSignature.mismatch": "the signature doesn't fit the claim: the manifest was changed",
}
_SHOWN = 32


def problems_of(failures: list[dict[str, Any]]) -> tuple[str, ...]:
    """One sentence a kind of failure, in the order found."""
    found = (_words(str(item.get("code", ""))[:100]) for item in failures)
    return tuple(dict.fromkeys(found))[:_SHOWN]


def _words(code: str) -> str:
    return _WORDS.get(code, f"the manifest breaks a rule of C2PA ({code})")
