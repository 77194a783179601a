"""Weights and fonts: list them, fetch some, check them all."""

from argparse import ArgumentParser, Namespace
from itertools import groupby
from typing import Any

from berg.cli.serving import serving
from berg.cli.text import said_no, size, table
from berg.schema.command import CHECK_SAID_NO, Answer, Command

EXAMPLES = """examples:
  berg models
  berg models pull kokoro-af_bella
  berg models check"""


def arguments(parser: ArgumentParser) -> None:
    """What to do, and with which."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "pull", "check"),
        default="list",
        help="default: list; pull without names fetches what the example needs",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="catalogue names")


def run(given: Namespace) -> Answer:
    """Do it."""
    with serving() as service:
        document = service.models(given.action, tuple(given.names))
    status = 0 if document["ok"] else CHECK_SAID_NO
    return Answer(document=document, text=models_text(document), status=status)


def models_text(document: dict[str, Any]) -> str:
    """The catalogue, by kind and licence, so that a line is short."""

    def head(item: dict[str, Any]) -> str:
        return f"{item['kind']}: {item['licence']}; {item['credit']}"

    lines: list[str] = []
    for text, items in groupby(document["models"], key=head):
        rows = [(f"  {item['name']}", item["status"], size(item["size"])) for item in items]
        lines += [text, *table(rows)]
    return "\n".join([*lines, said_no(document) or _here_line(document)])


def _here_line(document: dict[str, Any]) -> str:
    here = [item for item in document["models"] if item["status"] == "here"]
    total = sum(item["size"] for item in here)
    return f"{len(here)} of {len(document['models'])} here, {size(total)}"


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
