"""The layer of credentials: what the C2PA manifest in or beside a file comes to.

Any tool's manifest is read. What it says is bounded here, and quoted when shown. A signature does
not cover padding inside the manifest, nor an MP4's `ftyp` box (seen with the library's own files):
a change there shows only against a log entry, which is of the whole file.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from berg.provenance.manifest import Ancestor, Credential, read_credential
from berg.provenance.sidecars import MANIFEST, beside
from berg.provenance.verify.report import SignatureSeen
from berg.provenance.verify.words import clean, moment, quoted, source_type

_HISTORY_LINES = 12
_MOST = 64
"""Items of any list that is kept."""
_LENGTH = 300


def see_signatures(path: Path, *, anchors: bytes) -> tuple[tuple[SignatureSeen, ...], str]:
    """The manifest in the file, or else the one beside it; empty if there is none.

    Then the text says why there may be one all the same, if there may.

    Raises MediaError: the file can't be read.
    """
    credential = read_credential(path, anchors=anchors)
    if credential.state == "none":
        return (), "; ".join(credential.problems)[:_LENGTH]
    return (_seen(credential),), ""


def ignores_sidecar(path: Path, signatures: tuple[SignatureSeen, ...]) -> bool:
    """Whether a manifest beside the file is passed over, as it carries its own."""
    inside = any(signature.where == "embedded" for signature in signatures)
    return inside and beside(path, MANIFEST).is_file()


def _seen(credential: Credential) -> SignatureSeen:
    assert credential.state != "none"
    where: Literal["embedded", "sidecar"] = "embedded" if credential.embedded else "sidecar"
    claim = credential.claim or {}
    return SignatureSeen(
        where=where,
        state=credential.state,
        problems=_short(credential.problems),
        codes=_short(credential.codes),
        issuer=credential.issuer or credential.name or "",
        serial=credential.serial or "",
        signed_at=credential.signed_at or "",
        time_stamped=credential.time_stamped,
        stamped_by=credential.stamped_by or "",
        stamp_trusted=credential.stamp_trusted,
        generator=credential.generator or "",
        title=credential.title or "",
        generated=tuple(_generated(claim)),
        label_text=_label_text(claim),
        sources=_short([str(a.title) for a in credential.history]),
        source_types=_short(credential.source_types),
        history=tuple(_tree(credential.history)),
        marks=_marks(credential),
        produce_ids=_produce_ids(credential),
        ours=credential.claim is not None,
    )


def _short(texts: Any) -> tuple[str, ...]:
    return tuple(str(text)[:_LENGTH] for text in list(texts)[:_MOST])


def _generated(claim: dict[str, Any]) -> Iterator[str]:
    """`voice by Kokoro-82M`, for each part that it says a model made."""
    for part in _dicts(claim.get("parts")):
        kind = str(part.get("digitalSourceType", "")).rpartition("/")[2]
        if kind == "trainedAlgorithmicMedia":
            model = f" by {part['model']}" if part.get("model") else ""
            yield f"{part.get('what', 'a part')}{model}"[:_LENGTH]
    if not _dicts(claim.get("parts")) and isinstance(claim.get("generated"), list):
        yield from _short(claim["generated"])


def _label_text(claim: dict[str, Any]) -> str:
    label = claim.get("label")
    return str(label.get("text") or "")[:_LENGTH] if isinstance(label, dict) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    listed = value if isinstance(value, list) else []
    return [item for item in listed[:_MOST] if isinstance(item, dict)]


def _all(history: tuple[Ancestor, ...]) -> Iterator[Ancestor]:
    for ancestor in history:
        yield ancestor
        yield from _all(ancestor.history)


def _marks(credential: Credential) -> tuple[str, ...]:
    """Its own, each of them, and those of everything that it was made from."""
    claim = credential.claim or {}
    told = claim.get("watermark")
    own = told.get("identifiers") if isinstance(told, dict) else None
    mine = [str(mark) for mark in own] if isinstance(own, list) else []
    past = [mark for ancestor in _all(credential.history) for mark in ancestor.marks]
    return tuple(mark[:_LENGTH] for mark in dict.fromkeys([*credential.marks, *mine, *past]))


def _produce_ids(credential: Credential) -> tuple[str, ...]:
    claims = [credential.claim, *(ancestor.claim for ancestor in _all(credential.history))]
    found = [str(claim["produceId"]) for claim in claims if claim and claim.get("produceId")]
    return _short(list(dict.fromkeys(found)))


def _tree(history: tuple[Ancestor, ...]) -> list[str]:
    """Sources as lines, the deeper the further in; beyond a dozen, how many more."""
    lines = list(_lines(history, 0))
    if len(lines) <= _HISTORY_LINES:
        return lines
    return [*lines[: _HISTORY_LINES - 1], f"… and {len(lines) - _HISTORY_LINES + 1} more"]


def _lines(history: tuple[Ancestor, ...], depth: int) -> Iterator[str]:
    for ancestor in history:
        yield f"{'  ' * depth}{_line(ancestor)}"
        yield from _lines(ancestor.history, depth + 1)


def _line(ancestor: Ancestor) -> str:
    role = "edited from" if ancestor.relationship == "parentOf" else "contains"
    head = f"{role} {quoted(ancestor.title or 'untitled', most=60)}"
    if ancestor.state == "none":
        return f"{head}, without credentials"
    whose = f" by {quoted(ancestor.issuer, most=40)}" if ancestor.issuer else ""
    when = f" on {moment(ancestor.signed_at)}" if ancestor.signed_at else ""
    how = f", {source_type(ancestor.source_types[0])}" if ancestor.source_types else ""
    if ancestor.state != "Invalid":
        return f"{head}, signed{whose}{when}{how}"
    bad = clean("; ".join(ancestor.problems), most=90)
    return f"{head}, with credentials that do not hold, signed{whose}{when}{how} ({bad})"


def see_manifest(path: Path) -> tuple[str, str]:
    """Title and signer of a manifest that lies alone in a file; empty where it can't be read.

    Whether it holds can't be said without its content, and isn't.
    """
    nothing = Path(os.devnull)
    credential = read_credential(nothing, anchors=b"", manifest=path.read_bytes())
    return credential.title or "", credential.issuer or credential.name or ""
