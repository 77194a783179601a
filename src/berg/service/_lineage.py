"""Lineage: what a run did, or how a file came to be, with receipts."""

import json
from datetime import UTC, datetime
from typing import Any

from berg.errors import RequestError
from berg.store import RunInfo, Store

LATEST = 20
"""Runs listed when none is named."""


def lineage(store: Store, what: str | None) -> dict[str, Any]:
    """A run by its name, a stored object by (the beginning of) its digest, or the latest runs.

    Raises:
        RequestError: nothing of that name is known.
    """
    if what is None:
        return {"runs": [_brief_run(run) for run in store.runs()[:LATEST]]}
    if what.startswith("r-"):
        return _run(store, what)
    return _object(store, what)


def _brief_run(run: RunInfo) -> dict[str, Any]:
    summary = run.summary or {}
    return {
        "run": run.run,
        "title": run.info.get("title"),
        "started": _moment(run.started),
        "wall_s": summary.get("wall_s"),
        "steps": summary.get("steps"),
    }


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _run(store: Store, name: str) -> dict[str, Any]:
    run = store.run(name)
    if run is None:
        raise RequestError(f"no run {name[:40]!r}; `berg show` lists the latest")
    steps = []
    for step, key, state in run.steps:
        record = store.get(key) if key else None
        steps.append(
            {
                "name": step,
                "state": state,
                "key": key,
                "capability": record.capability if record else None,
                "receipt": json.loads(record.receipt) if record else None,
                "assets": list(record.assets) if record else [],
            }
        )
    return {**_brief_run(run), "info": run.info, "lineage": steps}


def _object(store: Store, digest: str) -> dict[str, Any]:
    makers = store.makers(digest.lower())
    if not makers:
        raise RequestError(
            f"no stored object begins with {digest[:40]!r}; digests are in delivery.json"
        )
    return {
        "digest": digest,
        "made_by": [
            {
                "capability": record.capability,
                "key": record.key,
                "recipe": record.recipe,
                "assets": list(record.assets),
                "receipt": json.loads(record.receipt),
            }
            for record in makers
        ],
    }
