"""Lineage and receipts of a run, or of a file by its digest."""

from argparse import ArgumentParser, Namespace
from typing import Any

from berg.cli.command import Answer, Command
from berg.cli.serving import serving
from berg.cli.text import duration, printable, table

EXAMPLES = """examples:
  berg show              the latest runs
  berg show r-1a2b3c4d
  berg show 7f83b165     a file, by the beginning of its SHA-256"""


def arguments(parser: ArgumentParser) -> None:
    """A run, a digest, or nothing."""
    parser.add_argument("what", nargs="?", metavar="RUN|DIGEST", help="none: the latest runs")


def run(given: Namespace) -> Answer:
    """Ask the home."""
    with serving() as service:
        document = service.show(given.what)
    return Answer(document=document, text=lineage_text(document))


def lineage_text(document: dict[str, Any]) -> str:
    """Runs, a run's steps, or the makers of a file."""
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


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
