"""The words of `berg keys`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from berg.cli.actions import AddAction, actions_of

KEYS_HELP = """examples:
  berg keys                                        what there is
  berg keys init --name "Tidewater Studio"
  berg keys rotate --help                          the words of one action

Private keys lie in $BERG_HOME/keys, readable by you alone; BERG_KEYS_PASSPHRASE locks and opens
them, BERG_TIMESTAMP_URL outranks --timestamp, BERG_IMPORT_PASSPHRASE opens what is imported.
"""

_INIT = """examples:
  berg keys init
  berg keys init --name "Tidewater Studio" --timestamp http://stamps.example
  berg keys init --log-origin tidewater.example/log

Names can't be changed later. If there are keys already, --timestamp alone changes something.
"""
_LIST = """example:
  berg keys list --json
"""
_ROTATE = """examples:
  berg keys rotate                 both a new certificate and a new watermark key
  berg keys rotate --certificate   the certificate alone, such as before it expires
  berg keys rotate --marks         the watermark key alone
  berg keys rotate --tenant acme   a watermark key of their own for a customer

Old keys stay, so that what they made can still be checked. A new certificate costs nothing but
signing again. A new watermark key means that the next make of a marked brief draws, mixes and
encodes all of its pictures and sound again. A certificate that was brought in is not renewed.
"""
_IMPORT = """examples:
  berg keys import chain.pem --key key.pem         your own certificate, leaf first
  berg keys import bundle.p12
  berg keys import chain.pem --command "my-kms sign --key films"
  berg keys import --trust their-root.pem          whom `berg verify` trusts besides you, for good
  berg keys import --timestamp none

A signing command gets the bytes on standard input and gives the signature on standard output.
"""
_UNTRUST = """example:
  berg keys untrust c707b25470acc0da               an id, as `berg keys list` shows it
"""


def add_keys(parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """Give a parser the words; `path` checks a path."""
    for word in ("file", "key", "signing_command", "name", "tenant", "timestamp", "log_origin"):
        parser.set_defaults(**{word: None})
    parser.set_defaults(root=None, trust=[], passphrase=False, certificate=False, marks=False)
    add = actions_of(parser, default="list")
    add("list", "show who signs, the watermarks' keys, and who is trusted", _LIST)
    _add_init(add)
    _add_rotate(add)
    _add_import(add, path)
    untrust = add("untrust", "trust a root no longer that was imported", _UNTRUST)
    untrust.add_argument("root", metavar="ID", help="the root's id")


def _add_init(add: AddAction) -> None:
    init = add("init", "make the keys, if there are none", _INIT)
    init.add_argument("--name", metavar="NAME", help="who signs, as readers will see it")
    init.add_argument(
        "--timestamp", metavar="URL", help="an RFC 3161 time-stamp service; none: no time stamps"
    )
    init.add_argument("--passphrase", action="store_true", help="ask for one, and lock")
    init.add_argument(
        "--log-origin",
        metavar="NAME",
        help="the log's name, without spaces and +, by custom a place of yours such as "
        "example.com/log (default: one made of its key)",
    )


def _add_rotate(add: AddAction) -> None:
    rotate = add("rotate", "make a new certificate, a new watermark key, or both", _ROTATE)
    rotate.add_argument("--certificate", action="store_true", help="the certificate")
    rotate.add_argument("--marks", action="store_true", help="the watermark's key: a new epoch")
    rotate.add_argument(
        "--tenant", metavar="NAME", help="whose watermark, from now on; means --marks"
    )


def _add_import(add: AddAction, path: Callable[[str], Path]) -> None:
    bring = add("import", "sign with your own certificate; trust others' roots", _IMPORT)
    bring.add_argument(
        "file", nargs="?", type=path, metavar="FILE", help="a chain in PEM, or a .p12"
    )
    bring.add_argument("--key", type=path, metavar="PEM", help="the chain's private key")
    bring.add_argument(
        "--command",
        dest="signing_command",
        metavar="WORDS",
        help="what signs instead of a key, such as a KMS's client",
    )
    bring.add_argument(
        "--trust",
        action="append",
        type=path,
        default=[],
        metavar="PEM",
        help="roots to trust until `berg keys untrust`; repeatable",
    )
    bring.add_argument(
        "--timestamp", metavar="URL", help="an RFC 3161 time-stamp service; none: no time stamps"
    )
