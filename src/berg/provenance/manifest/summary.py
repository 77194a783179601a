"""From the library's report to a credential: bounded in depth, count and length."""

from collections.abc import Iterator
from typing import Any

from berg.provenance.manifest.credential import Ancestor, Credential, CredentialState
from berg.provenance.manifest.definition import PRODUCTION, SOFT_BINDING
from berg.provenance.manifest.problems import problems_of

DEPTH = 8
"""Generations of ingredients that are told."""
TOTAL = 256
"""Ingredients that are told in all: a hostile store may name one as often as it likes."""
WIDTH = 64
"""Ingredients of one manifest that are told."""
LENGTH = 300
"""Characters of any text that is told."""


def credential_of(document: dict[str, Any], *, embedded: bool) -> Credential:
    """The report as a credential."""
    manifests = document.get("manifests") or {}
    active = manifests.get(document.get("active_manifest") or "") or {}
    state = document.get("validation_state")
    results = (document.get("validation_results") or {}).get("activeManifest") or {}
    failures = [item for item in results.get("failure") or [] if isinstance(item, dict)]
    passed = [item for item in results.get("success") or [] if isinstance(item, dict)]
    signature = active.get("signature_info") or {}
    assertions = [item for item in active.get("assertions") or [] if isinstance(item, dict)]
    actions = _actions(assertions)
    stamped = _with_code(passed, "timeStamp.validated")
    return Credential(
        state=state if state in ("Invalid", "Valid", "Trusted") else "Invalid",
        problems=problems_of(failures),
        codes=tuple(printable(item.get("code")) or "" for item in failures[:WIDTH]),
        issuer=printable(signature.get("issuer")),
        name=printable(signature.get("common_name")),
        serial=printable(signature.get("cert_serial_number")),
        algorithm=printable(signature.get("alg")),
        signed_at=printable(signature.get("time")) if stamped else None,
        time_stamped=stamped is not None,
        stamped_by=_stamper(stamped),
        stamp_trusted=_with_code(passed, "timeStamp.trusted") is not None,
        generator=_generator(active),
        title=printable(active.get("title")),
        claim=_data(assertions, PRODUCTION),
        marks=_marks(assertions),
        actions=tuple(printable(action.get("action")) or "" for action in actions),
        source_types=_source_types(actions),
        history=_history(active, manifests, DEPTH, iter(range(TOTAL))),
        embedded=embedded,
    )


def printable(value: object) -> str | None:
    """A short text on one line, whatever was given; None for none."""
    if value is None or isinstance(value, dict | list):
        return None
    return "".join(c if c.isprintable() else " " for c in str(value)[:LENGTH])


def _with_code(items: list[dict[str, Any]], code: str) -> dict[str, Any] | None:
    return next((item for item in items if item.get("code") == code), None)


def _stamper(stamped: dict[str, Any] | None) -> str | None:
    """The library says it after a colon: `timestamp message digest matched: Stamper Ltd`."""
    said = printable(stamped.get("explanation")) if stamped else None
    return (said.partition(": ")[2] or None) if said else None


def _generator(manifest: dict[str, Any]) -> str | None:
    info = manifest.get("claim_generator_info")
    if isinstance(info, list) and info and isinstance(info[0], dict):
        parts = (printable(info[0].get("name")), printable(info[0].get("version")))
        return "/".join(part for part in parts if part) or None
    return printable(manifest.get("claim_generator"))


def _data(assertions: list[dict[str, Any]], label: str) -> dict[str, Any] | None:
    for item in assertions:
        data = item.get("data")
        if item.get("label") == label and isinstance(data, dict):
            return data
    return None


def _actions(assertions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in assertions:
        data = item.get("data")
        if str(item.get("label", "")).startswith("c2pa.actions") and isinstance(data, dict):
            listed = data.get("actions")
            found += (
                [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
            )
    return found[:WIDTH]


def _source_types(actions: list[dict[str, Any]]) -> tuple[str, ...]:
    uris = (printable(action.get("digitalSourceType")) for action in actions)
    return tuple(dict.fromkeys(uri.rpartition("/")[2] for uri in uris if uri))


def _marks(assertions: list[dict[str, Any]]) -> tuple[str, ...]:
    data = _data(assertions, SOFT_BINDING) or {}
    blocks = data.get("blocks")
    if not isinstance(blocks, list):
        return ()
    values = (printable(block.get("value")) for block in blocks[:WIDTH] if isinstance(block, dict))
    return tuple(value for value in values if value)


def _history(
    manifest: dict[str, Any], manifests: dict[str, Any], depth: int, left: Iterator[int]
) -> tuple[Ancestor, ...]:
    """As deep as `depth`, and in all as many as `left` gives."""
    listed = manifest.get("ingredients")
    if depth == 0 or not isinstance(listed, list):
        return ()
    told = [one for one in listed[:WIDTH] if isinstance(one, dict)]
    return tuple(_ancestor(one, manifests, depth, left) for one, _ in zip(told, left))  # noqa: B905


def _state(failures: list[dict[str, Any]]) -> CredentialState:
    """An ingredient's state, as whoever took it up found it: an unknown signer breaks nothing."""
    broken = any(item.get("code") != "signingCredential.untrusted" for item in failures)
    return "Invalid" if broken else "Valid"


def _ancestor(
    ingredient: dict[str, Any], manifests: dict[str, Any], depth: int, left: Iterator[int]
) -> Ancestor:
    own = manifests.get(str(ingredient.get("active_manifest"))) or {}
    results = (ingredient.get("validation_results") or {}).get("activeManifest") or {}
    failures = [item for item in results.get("failure") or [] if isinstance(item, dict)]
    signature = own.get("signature_info") or {}
    assertions = [item for item in own.get("assertions") or [] if isinstance(item, dict)]
    return Ancestor(
        title=printable(ingredient.get("title")) or "",
        relationship=printable(ingredient.get("relationship")) or "",
        media_type=printable(ingredient.get("format")) or "",
        state=_state(failures) if own else "none",
        problems=problems_of(failures),
        issuer=printable(signature.get("issuer")),
        signed_at=printable(signature.get("time")),
        generator=_generator(own) if own else None,
        source_types=_source_types(_actions(assertions)),
        claim=_data(assertions, PRODUCTION),
        marks=_marks(assertions),
        history=_history(own, manifests, depth - 1, left),
    )
