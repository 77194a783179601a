"""The words of `berg log` and `berg witness`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from berg.cli.actions import actions_of

LOG_PORT, WITNESS_PORT = 8421, 8422

LOG_HELP = """examples:
  berg log                                 its name, key, size and latest entries
  berg log verify
  berg log serve --help                    the words of one action

Witnesses that each delivery asks stand in $BERG_HOME/log/witnesses, `URL KEY` a line, or in
BERG_WITNESSES, separated by commas.
"""

_SHOW = """examples:
  berg log show                            its name, key, size and latest entries
  berg log show 7f83b1657f                 what a watermark leads to
"""
_CHECKPOINT = """example:
  berg log checkpoint                      as it is served
"""
_VERIFY = """exit status: 0 the log is as it was signed, 4 it is not

example:
  berg log verify
"""
_SERVE = """example:
  berg log serve --listen 127.0.0.1:8421   until interrupted; any web server can do the same
"""
_COSIGN = """exit status: 0 every witness cosigned, 4 one did not

examples:
  berg log cosign                          all witnesses that are named
  berg log cosign http://127.0.0.1:8422 --key 'w.example+1a2b3c4d+BXYZ…'
"""

WITNESS_HELP = """example:
  berg witness --key witness.pem --log 'log.example/berg+1a2b3c4d+AXYZ…'

It cosigns a log's checkpoint only if that continues the last one it saw, and remembers it in
FILE.seen: keep that folder, or the log could be rewritten unseen. Run it on a machine that the
log's owner does not rule.
"""


def add_log(parser: argparse.ArgumentParser) -> None:
    """Give a parser the words of `berg log`."""
    parser.set_defaults(what=None, key=None)
    add = actions_of(parser, default="show")
    show = add("show", "show the log, or the entries that something leads to", _SHOW)
    show.add_argument(
        "what",
        nargs="?",
        metavar="WHAT",
        help="an index, a file's SHA-256, a watermark or a produce id",
    )
    add("checkpoint", "print what the log has signed", _CHECKPOINT)
    add("verify", "read every entry and tile again, up to the signed root", _VERIFY)
    serve = add("serve", "serve the log, read-only, as static tiles", _SERVE)
    _add_listen(serve, LOG_PORT, "where")
    cosign = add("cosign", "ask witnesses to cosign the log", _COSIGN)
    cosign.add_argument("what", nargs="?", metavar="URL", help="one witness (default: all)")
    cosign.add_argument("--key", metavar="VKEY", help="that witness's key, if it is new here")


def add_witness(parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """Give a parser the words of `berg witness`; `path` checks a path."""
    parser.add_argument(
        "--key",
        type=path,
        required=True,
        metavar="FILE",
        help="its private key, made on first use; used for nothing else",
    )
    parser.add_argument(
        "--log",
        action="append",
        required=True,
        metavar="VKEY",
        help="a log's key, as `berg log` prints it; repeatable",
    )
    _add_listen(parser, WITNESS_PORT, "where")
    parser.add_argument("--name", metavar="NAME", help="as cosignatures say it, such as w.example")


def _add_listen(parser: argparse.ArgumentParser, port: int, what: str) -> None:
    parser.add_argument(
        "--listen",
        type=_address,
        default=("127.0.0.1", port),
        metavar="HOST:PORT",
        help=f"{what} (default: 127.0.0.1:{port}, this machine only)",
    )


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    fits = port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= 65_535
    if not host or not fits:
        raise argparse.ArgumentTypeError(f"{text[:80]!r}; HOST:PORT, such as 127.0.0.1:8421")
    return host.strip("[]"), int(port)
