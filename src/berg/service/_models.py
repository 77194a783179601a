"""The catalogue as people and programs want to see it: what is here, whose, under which licence."""

from collections.abc import Sequence
from typing import Any

from berg.errors import CheckFailed
from berg.weights import Weights


def list_weights(weights: Weights, names: Sequence[str], *, rehash: bool) -> list[dict[str, Any]]:
    """One record a file.

    Raises:
        WeightsError: a name is not in the catalogue.
        CheckFailed: with `rehash`, a file that is here is not what its digest says.
    """
    for name in names:
        weights.digest(name)
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
    damaged = [str(item["name"]) for item in listed if item["status"] == "damaged"]
    if damaged:
        names_text = " ".join(damaged)
        raise CheckFailed(f"damaged: {names_text}; run `berg models pull {names_text}`")
    return listed
