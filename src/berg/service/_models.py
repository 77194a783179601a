"""The catalogue as people and programs want to see it: what is here, whose, under which licence."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from berg.errors import CheckFailed, RequestError
from berg.weights import Weights


def check_names(weights: Weights, names: Sequence[str]) -> None:
    """Raise RequestError, with what may be meant, unless the catalogue has every name."""
    known = [item.name for item in weights.entries()]
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            meant = f"did you mean {', '.join(near)}? " if near else ""
            raise RequestError(
                f"no weights are named {name[:60]!r}; {meant}`berg models list` shows all"
            )


def list_weights(weights: Weights, names: Sequence[str], *, rehash: bool) -> dict[str, Any]:
    """`{models, ok}`, one record a file; with `rehash`, every file that is here is read whole.

    Not `ok` when a file is not what its digest says: then `error` says how to mend it.
    """
    statuses = weights.check(names or None) if rehash else {}
    listed = []
    for item in weights.entries():
        if names and item.name not in names:
            continue
        status = statuses.get(item.name) or weights.status(item.name)
        listed.append(
            {
                "name": item.name,
                "kind": item.kind,
                "status": str(status),
                "size": item.size,
                "licence": item.licence,
                "credit": item.credit,
                "sha256": item.sha256,
                "sources": [list(s) if isinstance(s, tuple) else s for s in item.sources],
            }
        )
    damaged = " ".join(str(item["name"]) for item in listed if item["status"] == "damaged")
    if not damaged:
        return {"models": listed, "ok": True}
    error = CheckFailed(f"damaged: {damaged}; run `berg models pull {damaged}`")
    return {"models": listed, "ok": False, **error.to_json()}
