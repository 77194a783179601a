"""The command line's words. A contract: scripts depend on it, and a test freezes it."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from berg.cli.arguments_keys import KEYS_HELP, add_keys
from berg.cli.arguments_label import LABEL_HELP, add_label
from berg.cli.arguments_layouts import LAYOUTS_HELP, add_layouts
from berg.cli.arguments_log import LOG_HELP, WITNESS_HELP, add_log, add_witness

MAKE_EXAMPLE = """examples:
  berg make examples/tidewater/brief.yaml
  berg make my/brief.yaml --until storyboard
  berg make my/brief.yaml --storyboard out/my-film/storyboard.yaml

exit status: 0 done, 2 the request is wrong and nothing was started, 3 a step failed, 130 stopped;
  4 all was made but some rows of a table (`each:`): rows.report.csv says why they were left out
"""


class UsageError(Exception):
    """Words that the command line doesn't know; the message says which are allowed."""


class Told(Exception):  # noqa: N818 - not an error: help or the version was asked for
    """What was asked for is told, and nothing is run."""

    def __init__(self, document: dict[str, str], text: str) -> None:
        super().__init__(text)
        self.document = document
        self.text = text


class _Parser(argparse.ArgumentParser):
    """Raises instead of printing and ending the process, so that `--json` can answer in JSON."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see `{self.prog} --help`")

    def print_help(self, file: object = None) -> None:
        text = self.format_help().rstrip("\n")
        raise Told({"help": text}, text)


class _Version(argparse.Action):
    def __call__(self, *_: Any) -> NoReturn:
        from berg import __version__

        raise Told({"version": __version__}, f"berg {__version__}")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Arguments as a namespace.

    Raises:
        UsageError: they are not the command line's words.
        Told: help or the version was asked for.
    """
    arguments = build_parser().parse_args(argv)
    if arguments.command is None:
        raise UsageError("which command? see `berg --help`")
    return arguments


def build_parser() -> argparse.ArgumentParser:
    """The parser with every command."""
    parser = _Parser(
        prog="berg",
        description="From a brief to finished media. Change one word, and only what depends on "
        "it is made again.",
        epilog="start with:  berg make examples/tidewater/brief.yaml",
        allow_abbrev=False,  # an abbreviation that works today would bind tomorrow's names
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which berg this is")
    _add_json(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_make(commands)
    _add_plan(commands)
    _add_show(commands)
    _add_models(commands)
    add_layouts(_add(commands, "layouts", "how posters can look", examples=LAYOUTS_HELP), _path)
    add_keys(_add(commands, "keys", "who signs, and with what", examples=KEYS_HELP), _path)
    add_log(_add(commands, "log", "the log of deliveries: show, check, serve", examples=LOG_HELP))
    witness = _add(commands, "witness", "cosign other logs' checkpoints", examples=WITNESS_HELP)
    add_witness(witness, _path)
    _add_verify(commands)
    add_label(
        _add(commands, "label", "labels of files, clause by clause", examples=LABEL_HELP), _path
    )
    _add(commands, "doctor", "what this machine can and cannot do, and how to mend it")
    collect = _add(commands, "gc", "free space, keeping what deliveries still need")
    collect.add_argument("--dry-run", action="store_true", help="say what would go, remove nothing")
    return parser


def _add_json(parser: argparse.ArgumentParser, *, default: Any) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        default=default,
        help="one JSON document on standard output",
    )


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
        allow_abbrev=False,
    )
    _add_json(parser, default=argparse.SUPPRESS)  # not to undo `berg --json COMMAND`
    return parser


def _path(text: str) -> Path:
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


def _seed(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) < 1 << 32:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r}; a whole number from 0 to 4294967295")


def _add_request(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("brief", type=_path, metavar="BRIEF", help="the brief, a YAML file")
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="make only this; repeatable"
    )
    parser.add_argument(
        "--until", metavar="STAGE", help="stop at a document to edit it: storyboard"
    )
    parser.add_argument(
        "--storyboard", type=_path, metavar="FILE", help="go on with an edited storyboard"
    )
    parser.add_argument("--seed", type=_seed, metavar="N", help="instead of the brief's seed")


def _add_make(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(commands, "make", "make what a brief asks for", examples=MAKE_EXAMPLE)
    _add_request(parser)
    parser.add_argument(
        "--out", type=_path, metavar="DIR", help="folder of the delivery (default: out/<title>)"
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
        examples="examples:\n  berg show              the latest runs\n  berg show r-1a2b3c4d\n"
        "  berg show 7f83b165     a file, by the beginning of its SHA-256",
    )
    parser.add_argument("what", nargs="?", metavar="RUN|DIGEST", help="none: the latest runs")


def _add_models(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(
        commands,
        "models",
        "weights and fonts: list them, fetch some, check them all",
        examples="examples:\n  berg models\n  berg models pull kokoro-af_bella\n"
        "  berg models check",
    )
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "pull", "check"),
        default="list",
        help="default: list; pull without names fetches what the example needs",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="catalogue names")


VERIFY_HELP = """exit status: 0 every file is sound, 4 one is not, or there is none
  sound: a signature or a log entry stands for exactly these bytes, and nothing contradicts it.
  A label or a watermark alone is not sound: anybody can write the one, the other survives edits.
  A signature by somebody unknown is sound, and says so, unless --trust names who is trusted.

examples:
  berg verify film.mp4
  berg verify out/ --quick
  berg verify film.mp4 --trust their-root.pem --log-key 'their.example/log+1a2b3c4d+AXYZ…'
"""


def _add_verify(commands: "argparse._SubParsersAction[_Parser]") -> None:
    parser = _add(
        commands,
        "verify",
        "what a file's label, credentials, watermark and log prove, and what they do not",
        examples=VERIFY_HELP,
    )
    parser.add_argument(
        "files", nargs="+", type=_path, metavar="FILE", help="files, or folders of them"
    )
    parser.add_argument(
        "--trust",
        action="append",
        type=_path,
        default=[],
        metavar="PEM",
        help="roots to trust, in this check alone (`berg keys import --trust`: for good); demands "
        "that the signer chains to a trusted one; repeatable",
    )
    parser.add_argument(
        "--log-key",
        action="append",
        default=[],
        metavar="VKEY",
        help="a log's key; demands a proof from one of those named; repeatable",
    )
    parser.add_argument(
        "--witness-key",
        action="append",
        default=[],
        metavar="VKEY",
        help="a witness's key; demands that it cosigned; repeatable",
    )
    parser.add_argument("--quick", action="store_true", help="don't look for watermarks")
