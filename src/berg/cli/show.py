"""Answers for people: short tables and sentences. Programs use `--json`."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from berg.cli.progress import duration
from berg.errors import BergError, BriefError
from berg.schema.delivery import Delivery
from berg.schema.plan import Plan, State
from berg.service import Forecast

MARKS: dict[State, str] = {"cached": "=", "will run": "+", "depends": "~"}
"""In a plan: there already, will run, hangs on what will run."""


def error_text(error: BergError) -> str:
    """An error as people read it."""
    if isinstance(error, BriefError):
        count = len(error.faults)
        return f"{error.message}\nberg: {count} fault{'s' * (count > 1)}; nothing was started"
    where = f"{error.where}: " if error.where and error.where not in error.message else ""
    return f"berg: {where}{error.message}"


def delivery_text(delivery: Delivery, folder: Path) -> str:
    """What was delivered, and where to look."""
    steps = delivery.steps
    head = f"{steps.ran} steps ran, {steps.cached} cached, in {duration(delivery.wall_s)}"
    rows = [(f"  {item.path}", _facts(item.facts)) for item in delivery.deliverables]
    return "\n".join([head, *_table(rows), f"look at {folder / 'index.html'}"])


def stage_text(path: Path, arguments: argparse.Namespace) -> str:
    """How to go on after a stage."""
    return (
        f"{path}\nedit it, then go on with:\n"
        f"  berg make {arguments.brief} --storyboard {path}"
    )


def plan_document(plan: Plan, forecast: Forecast) -> dict[str, Any]:
    """A plan as JSON."""
    return {
        "steps": [
            {
                "name": step.name,
                "capability": step.capability,
                "state": step.state,
                "needs": list(step.needs),
                "seconds": round(step.seconds, 3),
                "out_bytes": step.out_bytes,
            }
            for step in plan.steps
        ],
        "counts": {state: plan.count(state) for state in MARKS},
        "seconds": round(forecast.seconds, 1),
        "disk_bytes": forecast.disk_bytes,
        "download_bytes": forecast.download_bytes,
        "deliver": list(plan.deliver),
        "last": None
        if forecast.last is None
        else {
            "run": forecast.last.run,
            "predicted_s": round(forecast.last.predicted_s, 1),
            "wall_s": forecast.last.wall_s,
            "error": round(forecast.last.error, 3),
        },
    }


def plan_text(plan: Plan, forecast: Forecast) -> str:
    """A plan as people read it."""
    rows = [
        (f"  {MARKS[step.state]} {step.name}", step.state, _seconds(step.seconds))
        for step in plan.steps
    ]
    lines = list(_table(rows))
    lines.append(", ".join(f"{plan.count(state)} {state}" for state in MARKS))
    if plan.count("cached") == len(plan.steps):
        lines.append("nothing to make")
    else:
        lines.append(
            f"about {duration(forecast.seconds)}, {_size(forecast.disk_bytes)} of disk"
            + (f", {_size(forecast.download_bytes)} to fetch" if forecast.download_bytes else "")
        )
    if forecast.last is not None:
        last = forecast.last
        lines.append(
            f"last time: foreseen {duration(last.predicted_s)}, took {duration(last.wall_s)} "
            f"({last.error:+.0%})"
        )
    return "\n".join(lines)


def lineage_text(document: dict[str, Any]) -> str:
    """Runs, a run, or an object's makers."""
    if "runs" in document:
        rows = [_run_row(run) for run in document["runs"]]
        return "\n".join(_table(rows)) if rows else "no runs yet"
    if "made_by" in document:
        return "\n".join(
            f"{made['capability']}  {made['key'][:16]}  {_receipt(made['receipt'])}"
            for made in document["made_by"]
        )
    rows = [
        (step["state"], step["name"], _receipt(step["receipt"])) for step in document["lineage"]
    ]
    return "\n".join([f"{document['run']}  {document['title']}", *_table(rows)])


def models_text(document: Sequence[dict[str, Any]]) -> str:
    """The catalogue."""
    rows = [
        (item["name"], item["status"], _size(item["size"]), item["licence"], item["credit"])
        for item in document
    ]
    return "\n".join(_table(rows))


def doctor_text(document: dict[str, Any]) -> str:
    """Findings, each with how to mend it."""
    rows = []
    for check in document["checks"]:
        mend = f"→ {check['mend']}" if check["mend"] else ""
        rows.append(("ok " if check["ok"] else "BAD", check["what"], check["detail"], mend))
    return "\n".join([f"home: {document['home']}", *_table(rows)])


def gc_text(document: dict[str, Any]) -> str:
    """What was freed."""
    return (
        f"freed {_size(document['freed_bytes'])}: {document['objects']} objects, "
        f"{document['results']} results"
    )


def _run_row(run: dict[str, Any]) -> tuple[str, ...]:
    steps = run["steps"]
    counts = f"{steps['ran']} ran, {steps['cached']} cached" if steps else "not finished"
    return run["run"], run["started"] or "", run["title"] or "", counts


def _receipt(receipt: dict[str, Any] | None) -> str:
    if not receipt:
        return ""
    return f"{receipt['wall_s']:.2f} s, {receipt['cpu_s']:.2f} s of processor"


def _facts(facts: dict[str, Any]) -> str:
    if "frames" not in facts:
        return ""
    return f"{facts['width']}×{facts['height']}, {facts['frames']} frames at {facts['fps']}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds else ""


def _size(size: int) -> str:
    for unit, scale in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size} B"


def _table(rows: Iterable[Sequence[str]]) -> Iterable[str]:
    rows = list(rows)
    if not rows:
        return
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
