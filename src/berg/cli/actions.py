"""Actions of a command, such as `berg keys rotate`: each with its own words, help and example."""

import argparse
from collections.abc import Callable

AddAction = Callable[[str, str, str], argparse.ArgumentParser]
"""Name, summary and examples of an action; its parser."""


def actions_of(parser: argparse.ArgumentParser, *, default: str) -> AddAction:
    """Give a command actions; without one, `default` is meant."""
    group = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
    parser.set_defaults(action=default)

    def add(name: str, summary: str, examples: str) -> argparse.ArgumentParser:
        action = group.add_parser(
            name,
            help=f"{summary} (the default)" if name == default else summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        action.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,  # not to undo `berg --json COMMAND`
            help="one JSON document on standard output",
        )
        return action

    return add
