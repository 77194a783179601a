"""C2PA's status codes in words that somebody can read who knows no code.

C2PA 2.2, 15.2.2 (standard status codes). What isn't listed is named by its code.
"""

from collections.abc import Iterable, Mapping
from typing import Any

_CHANGED = (
    "the file was changed after it was signed, or the manifest belongs to another file: its"
    " content is not what was signed"
)
_ALTERED = "what the manifest says was changed after it was signed"
_MALFORMED = "a statement in the manifest is not written as C2PA requires"
_BROKEN_SIGNATURE = "the signature does not fit the manifest: one of the two was changed"
_STAMP = "the time stamp does not prove when it was signed"
_HISTORY = "the record of what the file was made from does not hold"
UNTRUSTED = (
    "the signer is not known here: the certificate leads to none of the trusted roots, so who"
    " signed is only what the certificate says"
)

WORDS: Mapping[str, str] = {
    "assertion.dataHash.mismatch": _CHANGED,
    "assertion.bmffHash.mismatch": _CHANGED,
    "assertion.boxesHash.mismatch": _CHANGED,
    "assertion.boxesHash.unknownBox": _CHANGED,
    "assertion.collectionHash.mismatch": _CHANGED,
    "assertion.collectionHash.incorrectFileCount": _CHANGED,
    "assertion.multiAssetHash.mismatch": _CHANGED,
    "assertion.hashedURI.mismatch": _ALTERED,
    "hashedURI.mismatch": _ALTERED,
    "assertion.missing": "a statement that was signed has been taken out of the manifest",
    "hashedURI.missing": "a statement that was signed has been taken out of the manifest",
    "assertion.undeclared": "a statement was put into the manifest that was never signed",
    "assertion.outsideManifest": "the manifest refers to a statement outside itself",
    "assertion.inaccessible": "a statement of the manifest lies elsewhere; nothing was fetched",
    "assertion.multipleHardBindings": "the manifest is bound to the file in more than one way",
    "assertion.required.missing": "the manifest lacks a statement that C2PA requires",
    "assertion.action.missing": "the manifest does not say how the file came about",
    "assertion.action.malformed": "how the file came about is not stated as C2PA requires",
    "assertion.action.ingredientMismatch": _HISTORY,
    "assertion.action.redacted": "what was done to the file has been struck out",
    "assertion.notRedacted": "a statement is said to be struck out, and is still there",
    "assertion.selfRedacted": "the manifest strikes out a statement of its own",
    "assertion.cbor.invalid": _MALFORMED,
    "assertion.json.invalid": _MALFORMED,
    "assertion.ingredient.malformed": _HISTORY,
    "algorithm.unsupported": "it is signed or hashed in a way that C2PA does not allow",
    "claim.missing": "the manifest holds no claim",
    "claim.multiple": "the manifest holds more than one claim",
    "claim.malformed": "the claim is not written as C2PA requires",
    "claim.cbor.invalid": "the claim is not written as C2PA requires",
    "claim.hardBindings.missing": "the manifest is not bound to any file's content",
    "claimSignature.missing": "the manifest is not signed",
    "claimSignature.mismatch": _BROKEN_SIGNATURE,
    "claimSignature.outsideValidity": "it was signed when the signer's certificate was not valid",
    "ingredient.claimSignature.missing": "a source's manifest is not signed",
    "ingredient.claimSignature.mismatch": "a source's manifest was changed after it was signed",
    "ingredient.hashedURI.mismatch": _HISTORY,
    "ingredient.manifest.missing": "a source's manifest has been taken out",
    "ingredient.manifest.mismatch": "a source's manifest is not the one that was signed",
    "manifest.inaccessible": "the manifest lies elsewhere; nothing was fetched",
    "manifest.multipleParents": "the manifest names more than one file that this one came from",
    "manifest.compressed.invalid": "the manifest is compressed and can't be opened",
    "signingCredential.untrusted": UNTRUSTED,
    "signingCredential.expired": "the signer's certificate has expired, and no time stamp proves"
    " that the file was signed before that",
    "signingCredential.invalid": "the certificate is not one that may sign files, or the time"
    " stamp's is not one that may stamp",
    "signingCredential.revoked": "the signer's certificate was revoked",
    "signingCredential.ocsp.revoked": "the signer's certificate was revoked",
    "timeStamp.malformed": _STAMP,
    "timeStamp.mismatch": _STAMP,
    "timeStamp.outsideValidity": _STAMP,
    "timeStamp.untrusted": "who stamped the time is not known here",
    "general.error": "the manifest can't be checked: it is damaged",
}
_SHOWN = 32
DAMAGED = "the manifest is damaged, or is none: {}"
ELSEWHERE = "the file says that its manifest lies elsewhere; nothing was fetched"
TOO_LONG = "checking was stopped: the file keeps a reader busy longer than an honest one does"
UNREADABLE = "the file is damaged, so that a manifest could not be looked for: {}"


def problems_of(failures: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """One sentence a kind of failure, in the order found; at most 32."""
    found = (words_for(str(item.get("code", ""))[:100]) for item in failures)
    return tuple(dict.fromkeys(found))[:_SHOWN]


def words_for(code: str) -> str:
    """What a code means."""
    known = WORDS.get(code)
    if known is None and code.startswith("ingredient."):
        return f"{_HISTORY} ({code})"
    return known or f"the manifest breaks a rule of C2PA ({code or 'unnamed'})"
