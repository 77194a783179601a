"""Make what a brief asks for."""

import shlex
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from berg.cli.arguments import add_request, path, request_of
from berg.cli.serving import serving
from berg.cli.text import duration, plural, printable, table
from berg.schema.command import CHECK_SAID_NO, Answer, Command

if TYPE_CHECKING:
    from berg.schema.delivery import Delivery

EXAMPLES = """examples:
  berg make examples/tidewater/brief.yaml
  berg make my/brief.yaml --until storyboard
  berg make my/brief.yaml --storyboard out/my-film/storyboard.yaml

exit status: 0 done, 2 the request is wrong and nothing was started, 3 a step failed, 130 stopped;
  4 all was made but some rows of a table (`each:`): rows.report.csv says why they were left out
"""


def arguments(parser: ArgumentParser) -> None:
    """The brief, what of it, and where to."""
    add_request(parser)
    parser.add_argument(
        "--out", type=path, metavar="DIR", help="folder of the delivery (default: out/<title>)"
    )
    parser.add_argument(
        "--engine", choices=("local",), default="local", help="where steps run (default: local)"
    )


def run(given: Namespace) -> Answer:
    """Make it, or go as far as the stage that was asked for."""
    with serving() as service:
        from berg.cli.stopping import run_stoppably

        made = run_stoppably(service.make_here(request_of(given)))
    if made.delivery is None:
        document = {"run": made.run, "stage": given.until, "path": str(made.path)}
        return Answer(document=document, text=stage_text(made.path, given))
    return Answer(
        document=made.delivery.model_dump(mode="json"),
        text=delivery_text(made.delivery, made.path),
        status=CHECK_SAID_NO if made.delivery.rows and made.delivery.rows.left_out else 0,
    )


def delivery_text(delivery: "Delivery", folder: Path) -> str:
    """What was delivered, and where to look."""
    steps = delivery.steps
    head = f"{plural(steps.ran, 'step')} ran, {steps.cached} cached, in {duration(delivery.wall_s)}"
    rows = [(f"  {item.path}", _facts(item.facts)) for item in delivery.deliverables]
    lines = [head, *_row_lines(delivery, folder), *table(rows)]
    return "\n".join([*lines, f"look at {printable(str(folder / 'index.html'))}"])


def stage_text(document: Path, given: Namespace) -> str:
    """How to go on after a stage, whose document is to be edited."""
    words = ["berg", "make", str(given.brief)]
    words += [word for name in given.only for word in ("--only", name)]
    words += ["--out", str(given.out)] if given.out else []
    words += ["--seed", str(given.seed)] if given.seed is not None else []
    command = shlex.join([*words, "--storyboard", str(document)])
    return f"{printable(str(document))}\nedit it, then go on with:\n  {printable(command)}"


def _row_lines(delivery: "Delivery", folder: Path) -> list[str]:
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


def _facts(facts: dict[str, Any]) -> str:
    if "frames" not in facts:
        return ""
    return (
        f"{facts['width']}×{facts['height']}, {facts['duration_s']:.1f} s, "
        f"{facts['frames']} frames at {facts['fps']}"
    )


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
