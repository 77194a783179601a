"""The command line's words. A contract: scripts depend on it, and a test freezes it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

MAKE_EXAMPLE = """examples:
  berg make examples/tidewater/brief.yaml
  berg make my/brief.yaml --until storyboard
  berg make my/brief.yaml --storyboard out/my-film/storyboard.yaml
"""


class UsageError(Exception):
    """Words that the command line doesn't know; the message says which are allowed."""


class _Parser(argparse.ArgumentParser):
    """Raises instead of ending the process, so that `--json` can answer in JSON."""

    def error(self, message: str) -> NoReturn:
        """As argparse's, but raised."""
        raise UsageError(f"{message}; see `{self.prog} --help`")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Arguments as a namespace.

    Raises:
        UsageError: they are not the command line's words.
    """
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.command is None:
        raise UsageError("which command? see `berg --help`")
    return arguments


def build_parser() -> _Parser:
    """The parser with every command."""
    parser = _Parser(
        prog="berg",
        description="From a brief to finished media. Change one word, and only what depends on "
        "it is made again.",
        epilog="start with:  berg make examples/tidewater/brief.yaml",
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_make(commands)
    _add_plan(commands)
    _add_show(commands)
    _add_models(commands)
    _add(commands, "doctor", "what this machine can and cannot do, and how to mend it")
    collect = _add(commands, "gc", "free space, keeping what deliveries still need")
    collect.add_argument("--dry-run", action="store_true", help="say what would go, remove nothing")
    return parser


def _version() -> str:
    from berg import __version__

    return f"berg {__version__}"


def _add(
    commands: "argparse._SubParsersAction[_Parser]",
    name: str,
    summary: str,
    *,
    examples: str = "",
) -> _Parser:
    parser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=examples or f"example:\n  berg {name}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return parser


def _add_request(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("brief", type=Path, metavar="BRIEF", help="the brief, a YAML file")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="make only this; repeatable"
    )
    parser.add_argument(
        "--until", metavar="STAGE", help="stop at a document to edit it: storyboard"
    )
    parser.add_argument(
        "--storyboard", type=Path, metavar="FILE", help="go on with an edited storyboard"
    )
    parser.add_argument("--seed", type=int, metavar="N", help="instead of the brief's seed")


def _add_make(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(commands, "make", "make what a brief asks for", examples=MAKE_EXAMPLE)
    _add_request(parser)
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="folder of the delivery (default: out/<title>)"
    )
    parser.add_argument(
        "--engine", choices=("local",), default="local", help="where steps run (default: local)"
    )


def _add_plan(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(
        commands,
        "plan",
        "what would run, what is already there, and how long it should take",
        examples="example:\n  berg plan my/brief.yaml",
    )
    _add_request(parser)


def _add_show(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(
        commands,
        "show",
        "lineage and receipts of a run, or of a file by its digest",
        examples="examples:\n  berg show              the latest runs\n  berg show r-1a2b3c4d",
    )
    parser.add_argument("what", nargs="?", metavar="RUN|DIGEST", help="none: the latest runs")


def _add_models(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(
        commands,
        "models",
        "weights and fonts: list them, fetch one, check them all",
        examples="examples:\n  berg models\n  berg models pull kokoro-af_bella\n  berg models check",
    )
    parser.add_argument("action", nargs="?", choices=("list", "pull", "check"), default="list")
    parser.add_argument("names", nargs="*", metavar="NAME", help="catalogue names")
