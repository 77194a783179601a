"""Lineage and receipts of a run, or of a file by its digest; or a run while it goes on."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from berg.cli.answer import say_line
from berg.cli.serving import serving
from berg.cli.text import duration, plural, printable, table
from berg.errors import Interrupted, RequestError
from berg.schema.command import Answer, Command

if TYPE_CHECKING:
    from berg.schema.events import RunEnded

EXAMPLES = """examples:
  berg show              the latest runs
  berg show r-1a2b3c4d
  berg show 7f83b165     a file, by the beginning of its SHA-256
  berg show r-1a2b3c4d --follow          its progress, whoever makes it, until it ends
  berg show r-1a2b3c4d --follow --json   its events, one line of JSON each"""


def arguments(parser: ArgumentParser) -> None:
    """A run, a digest, or nothing."""
    parser.add_argument("what", nargs="?", metavar="RUN|DIGEST", help="none: the latest runs")
    parser.add_argument(
        "--follow", action="store_true", help="show a run's progress until it has ended"
    )


def run(given: Namespace) -> Answer:
    """Ask the home."""
    if given.follow:
        return _follow(given.what, as_json=given.json)
    with serving() as service:
        document = service.show(given.what)
    return Answer(document=document, text=lineage_text(document))


def _follow(run: str | None, *, as_json: bool) -> Answer:
    if run is None:
        raise RequestError("--follow wants a run: `berg show` lists the latest")
    from berg.schema.events import RunEnded, line_of

    ended = None
    with serving() as service:
        try:
            for event in service.follow(run):
                if isinstance(event, RunEnded):
                    ended = event
                if as_json and not say_line(line_of(event)):
                    break  # nobody reads any more
                if not as_json:
                    service.observer.event(event)
        except KeyboardInterrupt:
            raise Interrupted(f"following {run} has ended; the run itself goes on") from None
    return Answer(document=None, text=ended_text(run, ended), told=as_json)


def ended_text(run: str, ended: "RunEnded | None") -> str:
    """How a run ended that was followed."""
    if ended is None:
        return f"{run} was killed: the same `berg make` goes on from there"
    counts = f"{plural(ended.ran, 'step')} ran, {ended.cached} cached, in {duration(ended.wall_s)}"
    match ended.how:
        case "delivered":
            return f"{run} is delivered: {counts}"
        case "stage":
            return f"{run} ended at its stage, as asked: {counts}"
        case "stopped":
            return f"{run} was stopped: {counts}"
        case "failed":
            return f"{run} failed: {counts}\n{printable(' '.join((ended.message or '').split()))}"


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
    head = "  ".join(part for part in _run_row(document) if part)
    return "\n".join([head, *_now_lines(document.get("now")), *table(rows)])


def _now_lines(now: dict[str, Any] | None) -> list[str]:
    """How far a run under way is."""
    if now is None:
        return []
    said = [f"  {now['made'] + now['cached']}/{plural(now['total'], 'step')}"]
    if now["rows"] is not None:
        said = [f"  {now['rows']['done']:,}/{plural(now['rows']['total'], 'row')}"]
    return [
        *said,
        *(f"  {step['done']:4.0%}  {printable(step['name'])}" for step in now["under_way"]),
    ]


_ENDED = {"failed": "failed", "stopped": "was stopped", "killed": "was killed"}
"""Ends without counts of their own."""


def _run_row(run: dict[str, Any]) -> tuple[str, ...]:
    steps = run["steps"]
    counts = _ENDED.get(run.get("how") or "", "not finished")
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
