"""Lineage: what a run did, or how a file came to be, with receipts."""

import json
import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from berg.errors import RequestError
from berg.service._following import end_of
from berg.store import RunInfo, Store

LATEST = 20
"""Runs listed when none is named, or looked through for who used a file."""
AT_ONCE = 512
"""Results that are looked up together."""
USES = 100
"""Places that are told of one result."""
_PREFIX = re.compile(r"[0-9a-f]{6,64}")


def lineage(store: Store, what: str | None) -> dict[str, Any]:
    """A run by its name, a stored object or a delivered file by (the beginning of) its digest, or
    the latest runs.

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
        "live": run.live,
        "wall_s": summary.get("wall_s"),
        "steps": summary.get("steps"),
        "stage": summary.get("stage"),
        "how": _how(run),
    }


def _how(run: RunInfo) -> str | None:
    """How it ended, as its last event says it; None while it goes on."""
    if run.live:
        return None
    end = end_of(run)
    return "killed" if end is None else end.how


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _run(store: Store, name: str) -> dict[str, Any]:
    run = store.run(name)
    if run is None:
        raise RequestError(f"no run {name[:40]!r}; `berg show` lists the latest")
    steps = [step for at in range(0, len(run.steps), AT_ONCE) for step in _steps(store, run, at)]
    return {**_brief_run(run), "info": run.info, "lineage": steps}


def _steps(store: Store, run: RunInfo, at: int) -> Iterator[dict[str, Any]]:
    """`AT_ONCE` steps of a run, from one place on."""
    some = run.steps[at : at + AT_ONCE]
    found = store.index.look([key for _, key, _ in some if key])
    for step, key, state in some:
        record = found.get(key or "")
        yield {
            "name": step,
            "state": state,
            "key": key,
            "capability": record.capability if record else None,
            "receipt": json.loads(record.receipt) if record else None,
            "assets": list(record.assets) if record else [],
        }


def _object(store: Store, digest: str) -> dict[str, Any]:
    prefix = digest.lower()
    if not _PREFIX.fullmatch(prefix):
        raise RequestError(
            f"{digest[:40]!r} is neither a run (r-1a2b3c4d) nor at least 6 digits of a SHA-256; "
            "`berg show` lists the latest runs"
        )
    makers = store.makers(prefix) or store.makers(_content_of(store, prefix))
    if not makers:
        raise RequestError(
            f"no stored object begins with {digest[:40]!r}; digests are in delivery.json"
        )
    uses = _uses(store, {record.key for record in makers})
    return {
        "digest": prefix,
        "made_by": [
            {
                "capability": record.capability,
                "key": record.key,
                "recipe": record.recipe,
                "assets": list(record.assets),
                "receipt": json.loads(record.receipt),
                "runs": uses[record.key],
            }
            for record in makers
        ],
    }


def _content_of(store: Store, prefix: str) -> str:
    """Digest of what a delivered file holds, by (the beginning of) the digest that it has since
    it was signed; the prefix itself if none of the latest runs delivered such a file."""
    for run in store.runs()[:LATEST]:
        for item in (run.summary or {}).get("deliverables", ()):
            if item["sha256"].startswith(prefix):
                return str(item["content_sha256"])
    return prefix


def _uses(store: Store, keys: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """Where each result had its place, by key: `{run, step, state}`, newest run first, `USES` at
    most. Runs are read one after another, each once."""
    found: dict[str, list[dict[str, str]]] = {key: [] for key in keys}
    for info in store.runs()[:LATEST]:
        run = store.run(info.run)
        for name, key, state in run.steps if run is not None else ():
            if key in found and len(found[key]) < USES:
                found[key].append({"run": info.run, "step": name, "state": state})
    return found
