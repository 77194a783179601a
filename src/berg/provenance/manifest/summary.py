"""From the library's report to a credential: bounded in depth, count and length."""

from typing import Any

from berg.provenance.manifest.credential import Ancestor, Credential
from berg.provenance.manifest.definition import PRODUCTION, SOFT_BINDING
from berg.provenance.manifest.problems import problems_of

DEPTH = 8
"""Generations of ingredients that are told."""
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
    signature = active.get("signature_info") or {}
    assertions = [item for item in active.get("assertions") or [] if isinstance(item, dict)]
    actions = _actions(assertions)
    return Credential(
        state=state if state in ("Invalid", "Valid", "Trusted") else "Invalid",
        problems=problems_of(failures),
        codes=tuple(_text(item.get("code")) or "" for item in failures[:WIDTH]),
        issuer=_text(signature.get("issuer")),
        name=_text(signature.get("common_name")),
        serial=_text(signature.get("cert_serial_number")),
        algorithm=_text(signature.get("alg")),
        signed_at=_text(signature.get("time")),
        time_stamped=bool(signature.get("time")),
        generator=_generator(active),
        title=_text(active.get("title")),
        claim=_data(assertions, PRODUCTION),
        marks=_marks(assertions),
        actions=tuple(_text(action.get("action")) or "" for action in actions),
        source_types=_source_types(actions),
        history=_history(active, manifests, DEPTH),
        embedded=embedded,
    )


def _text(value: object) -> str | None:
    if value is None or isinstance(value, dict | list):
        return None
    return "".join(c if c.isprintable() else " " for c in str(value)[:LENGTH])


def _generator(manifest: dict[str, Any]) -> str | None:
    info = manifest.get("claim_generator_info")
    if isinstance(info, list) and info and isinstance(info[0], dict):
        parts = (_text(info[0].get("name")), _text(info[0].get("version")))
        return "/".join(part for part in parts if part) or None
    return _text(manifest.get("claim_generator"))


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
    uris = (_text(action.get("digitalSourceType")) for action in actions)
    return tuple(dict.fromkeys(uri.rpartition("/")[2] for uri in uris if uri))


def _marks(assertions: list[dict[str, Any]]) -> tuple[str, ...]:
    data = _data(assertions, SOFT_BINDING) or {}
    blocks = data.get("blocks")
    if not isinstance(blocks, list):
        return ()
    values = (_text(block.get("value")) for block in blocks[:WIDTH] if isinstance(block, dict))
    return tuple(value for value in values if value)


def _history(
    manifest: dict[str, Any], manifests: dict[str, Any], depth: int
) -> tuple[Ancestor, ...]:
    listed = manifest.get("ingredients")
    if depth == 0 or not isinstance(listed, list):
        return ()
    return tuple(
        _ancestor(one, manifests, depth) for one in listed[:WIDTH] if isinstance(one, dict)
    )


def _ancestor(ingredient: dict[str, Any], manifests: dict[str, Any], depth: int) -> Ancestor:
    own = manifests.get(str(ingredient.get("active_manifest"))) or {}
    results = (ingredient.get("validation_results") or {}).get("activeManifest") or {}
    failures = [item for item in results.get("failure") or [] if isinstance(item, dict)]
    signature = own.get("signature_info") or {}
    assertions = [item for item in own.get("assertions") or [] if isinstance(item, dict)]
    return Ancestor(
        title=_text(ingredient.get("title")) or "",
        relationship=_text(ingredient.get("relationship")) or "",
        media_type=_text(ingredient.get("format")) or "",
        state=("Invalid" if failures else "Valid") if own else "none",
        problems=problems_of(failures),
        issuer=_text(signature.get("issuer")),
        signed_at=_text(signature.get("time")),
        generator=_generator(own) if own else None,
        source_types=_source_types(_actions(assertions)),
        claim=_data(assertions, PRODUCTION),
        marks=_marks(assertions),
        history=_history(own, manifests, depth - 1),
    )
