"""Answers for people: short tables and sentences. Programs use `--json`."""

import argparse
import shlex
from itertools import groupby
from pathlib import Path
from typing import Any

from berg.cli.text import duration, plural, printable, size, table
from berg.schema.delivery import Delivery


def delivery_text(delivery: Delivery, folder: Path) -> str:
    """What was delivered, and where to look."""
    steps = delivery.steps
    head = f"{plural(steps.ran, 'step')} ran, {steps.cached} cached, in {duration(delivery.wall_s)}"
    rows = [(f"  {item.path}", _facts(item.facts)) for item in delivery.deliverables]
    lines = [head, *_row_lines(delivery, folder), *table(rows)]
    return "\n".join([*lines, f"look at {printable(str(folder / 'index.html'))}"])


def _row_lines(delivery: Delivery, folder: Path) -> list[str]:
    """What became of the rows of a table."""
    rows = delivery.rows
    if rows is None:
        return []
    parts = [f"{plural(rows.total, 'row')}: {rows.made:,} made", f"{rows.kept:,} as before"]
    if rows.left_out:
        parts.append(f"{rows.left_out:,} left out")
    if rows.gone:
        parts.append(f"{rows.gone:,} of earlier runs not in the table any more")
    lines = [", ".join(parts)]
    if rows.report:
        lines.append(f"  why: {printable(str(folder / rows.report))}")
    listed = printable(str(folder / (delivery.listed or "")))
    return [*lines, f"  {delivery.count or 0:,} files, listed in {listed}"]


def stage_text(path: Path, arguments: argparse.Namespace) -> str:
    """How to go on after a stage."""
    words = ["berg", "make", str(arguments.brief)]
    words += [word for name in arguments.only for word in ("--only", name)]
    words += ["--out", str(arguments.out)] if arguments.out else []
    words += ["--seed", str(arguments.seed)] if arguments.seed is not None else []
    command = shlex.join([*words, "--storyboard", str(path)])
    return f"{printable(str(path))}\nedit it, then go on with:\n  {printable(command)}"


def lineage_text(document: dict[str, Any]) -> str:
    """Runs, a run, or an object's makers."""
    if "runs" in document:
        rows = [_run_row(run) for run in document["runs"]]
        return "\n".join(table(rows)) if rows else "no runs yet: berg make BRIEF"
    if "made_by" in document:
        return "\n".join(line for made in document["made_by"] for line in _maker_lines(made))
    rows = [
        (f"  {step['state']}", printable(step["name"]), _receipt(step["receipt"]))
        for step in document["lineage"]
    ]
    return "\n".join(["  ".join(part for part in _run_row(document) if part), *table(rows)])


def models_text(document: dict[str, Any]) -> str:
    """The catalogue, by kind and licence, so that a line is short."""

    def head(item: dict[str, Any]) -> str:
        return f"{item['kind']}: {item['licence']}; {item['credit']}"

    lines: list[str] = []
    for text, items in groupby(document["models"], key=head):
        rows = [(f"  {item['name']}", item["status"], size(item["size"])) for item in items]
        lines += [text, *table(rows)]
    return "\n".join([*lines, _said_no(document) or _here_line(document)])


def doctor_text(document: dict[str, Any]) -> str:
    """Findings, each with how to mend it."""
    rows = [
        ("ok " if check["ok"] else "BAD", check["what"], check["detail"])
        for check in document["checks"]
    ]
    lines = []
    for check, line in zip(document["checks"], table(rows), strict=True):
        lines.append(line)
        if check["mend"]:
            lines.append(f"     mend it: {check['mend']}")
    return "\n".join([f"home: {printable(document['home'])}", *lines, _said_no(document)]).rstrip()


def gc_text(document: dict[str, Any]) -> str:
    """What was freed, or would be."""
    verb = "would free" if document["dry_run"] else "freed"
    objects, results = plural(document["objects"], "object"), plural(document["results"], "result")
    return f"{verb} {size(document['freed_bytes'])}: {objects}, {results}"


def _said_no(document: dict[str, Any]) -> str:
    return "" if document["ok"] else f"berg: {document['error']['message']}"


def _here_line(document: dict[str, Any]) -> str:
    here = [item for item in document["models"] if item["status"] == "here"]
    total = sum(item["size"] for item in here)
    return f"{len(here)} of {len(document['models'])} here, {size(total)}"


def _run_row(run: dict[str, Any]) -> tuple[str, ...]:
    steps = run["steps"]
    counts = "not finished"
    if run["live"]:
        counts = "running now"
    elif run.get("stage"):
        counts = f"ended at the {run['stage']}, as asked"
    elif steps:
        counts = f"{steps['ran']} ran, {steps['cached']} cached, {duration(run['wall_s'])}"
    return run["run"], run["started"], counts, printable(run["title"] or "")


def _maker_lines(made: dict[str, Any]) -> list[str]:
    lines = [f"{made['capability']}  {_receipt(made['receipt'])}", f"  key {made['key']}"]
    lines += [f"  {used['run']}  {printable(used['step'])}" for used in made["runs"]]
    return lines


def _receipt(receipt: dict[str, Any] | None) -> str:
    if not receipt:
        return ""
    return f"{receipt['wall_s']:.2f} s, {receipt['cpu_s']:.2f} s of processor"


def _facts(facts: dict[str, Any]) -> str:
    if "frames" not in facts:
        return ""
    return (
        f"{facts['width']}×{facts['height']}, {facts['duration_s']:.1f} s, "
        f"{facts['frames']} frames at {facts['fps']}"
    )
