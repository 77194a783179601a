"""Arguments that several commands take, and how their words are read."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from berg import service
from berg.cli.parser import add_json

if TYPE_CHECKING:
    from berg.service import Request


class Actions:
    """Actions of a command, such as `berg keys rotate`, each with its own words and help."""

    def __init__(self, parser: argparse.ArgumentParser, *, default: str) -> None:
        """Give a command actions; without one, `default` is meant."""
        self._group = parser.add_subparsers(dest="action", metavar="ACTION", title="actions")
        self._default = default
        parser.set_defaults(action=default)

    def add(self, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
        """Add one; its parser, for its arguments."""
        action = self._group.add_parser(
            name,
            help=f"{summary} (the default)" if name == self._default else summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=examples,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        add_json(action)
        return action


def path(text: str) -> Path:
    """A path that can be written down: in the index, in JSON, on a page."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(
            f"{text.encode(errors='backslashreplace').decode()!r} is not UTF-8; rename it"
        ) from None
    if "\0" in text:
        raise argparse.ArgumentTypeError("a path can't hold a NUL character")
    return Path(text)


def add_files(parser: argparse.ArgumentParser) -> None:
    """Files to look at, one at least; `files_in` of the service opens folders."""
    parser.add_argument(
        "files", nargs="+", type=path, metavar="FILE", help="files, or folders of them"
    )


def add_request(parser: argparse.ArgumentParser) -> None:
    """What to make of which brief: everything that a plan needs too."""
    parser.add_argument("brief", type=path, metavar="BRIEF", help="the brief, a YAML file")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="make only this; repeatable"
    )
    parser.add_argument(
        "--until", metavar="STAGE", help="stop at a document to edit it: storyboard"
    )
    parser.add_argument(
        "--storyboard", type=path, metavar="FILE", help="go on with an edited storyboard"
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="instead of the brief's seed")


def request_of(given: argparse.Namespace) -> "Request":
    """What `add_request` has read, for the service."""
    return service.Request(
        brief=given.brief,
        out=getattr(given, "out", None),
        only=tuple(given.only),
        until=given.until,
        storyboard=given.storyboard,
        seed=given.seed,
    )


def add_listen(parser: argparse.ArgumentParser, *, port: int) -> None:
    """Where to serve: this machine only, unless something else is said."""
    parser.add_argument(
        "--listen",
        type=_address,
        default=("127.0.0.1", port),
        metavar="HOST:PORT",
        help=f"where (default: 127.0.0.1:{port}, this machine only)",
    )


def _seed(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) < 1 << 32:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r}; a whole number from 0 to 4294967295")


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    fits = port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= 65_535
    if not host or not fits:
        raise argparse.ArgumentTypeError(f"{text[:80]!r}; HOST:PORT, such as 127.0.0.1:8421")
    return host.strip("[]"), int(port)
