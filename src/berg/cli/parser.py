"""The command line's words. A contract: scripts depend on it, and a test freezes it."""

import argparse
from collections.abc import Collection, Sequence

from berg.cli.commands import load, plugin_of, summaries
from berg.lines.names import all_names

TYPE_CHECKING = False  # as in `typing`, whose import would take a third of the time of `--help`
if TYPE_CHECKING:
    from typing import NoReturn


class UsageError(Exception):
    """Words that the command line doesn't know; the message says which are allowed."""


class Told(Exception):  # noqa: N818 - not an error: help or the version was asked for
    """What was asked for is told, and nothing is run."""

    def __init__(self, document: dict[str, str], text: str) -> None:
        super().__init__(text)
        self.document = document
        self.text = text


class Parser(argparse.ArgumentParser):
    """Raises instead of printing and ending the process, so that `--json` can answer in JSON."""

    def error(self, message: str) -> "NoReturn":
        """Raise UsageError, with where the words are explained."""
        raise UsageError(f"{message}; see `{self.prog} --help`")

    def print_help(self, file: object = None) -> None:
        """Raise Told with the help."""
        text = self.format_help().rstrip("\n")
        raise Told({"help": text}, text)


class _Version(argparse.Action):
    def __call__(self, *_: object) -> None:
        from berg import __version__

        raise Told({"version": __version__}, f"berg {__version__}")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Arguments as a namespace, with the command's `run`; only the file of that one is loaded.

    Raises:
        UsageError: they are not the command line's words.
        Told: help or the version was asked for.
    """
    used = [word for word in argv if not word.startswith("-")][:1]
    arguments = build_parser(used).parse_args(argv)
    if arguments.command is None:
        raise UsageError("which command? see `berg --help`")
    return arguments


def build_parser(used: Collection[str]) -> argparse.ArgumentParser:
    """The parser of all commands; those that are used know their arguments, the rest a summary."""
    parser = Parser(
        prog="berg",
        description="From a brief to finished media. Change one word, and only what depends on "
        "it is made again.",
        epilog=_epilog() if not used else None,
        allow_abbrev=False,  # an abbreviation that works today would bind tomorrow's names
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which berg this is")
    add_json(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, summary in summaries().items():
        known = commands.add_parser(name, help=summary, allow_abbrev=False)
        if name in used:
            _fill(known, name, summary)
    return parser


def _epilog() -> str:
    lines = ", ".join(all_names())
    return f"start with:  berg make examples/tidewater/brief.yaml; a brief may ask for: {lines}"


def _fill(parser: argparse.ArgumentParser, name: str, summary: str) -> None:
    try:
        command = load(name)
        parser.epilog = command.examples
        parser.set_defaults(run=command.run, plugin=plugin_of(name))
        add_json(parser)
        command.arguments(parser)
    except KeyboardInterrupt:  # somebody stops berg
        raise
    except BaseException as error:  # whatever somebody else's module does
        cause = f"{type(error).__name__}: {error}"
        raise UsageError(f"`berg {name}` ({summary}) can't be loaded: {cause}") from error
    parser.description = f"{summary[0].upper()}{summary[1:]}."
    parser.formatter_class = argparse.RawDescriptionHelpFormatter


def add_json(parser: argparse.ArgumentParser, *, default: object = argparse.SUPPRESS) -> None:
    """Give a parser `--json`; without a default, so as not to undo `berg --json COMMAND`."""
    parser.add_argument(
        "--json",
        action="store_true",
        default=default,
        help="one JSON document on standard output",
    )
