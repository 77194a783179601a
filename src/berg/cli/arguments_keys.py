"""The words of `berg keys`."""

import argparse
from collections.abc import Callable
from pathlib import Path

KEYS_HELP = """examples:
  berg keys                                        what there is
  berg keys init --name "Tidewater Studio" --timestamp http://stamps.example
  berg keys rotate                                 a new certificate and a new watermark key
  berg keys rotate --tenant acme                   a watermark of their own for a customer
  berg keys import chain.pem --key key.pem         your own certificate, leaf first
  berg keys import chain.pem --command "my-kms sign --key films"
  berg keys import --trust their-root.pem          whom `berg verify` trusts besides you

Private keys lie in $BERG_HOME/keys, readable by you alone; BERG_KEYS_PASSPHRASE locks and opens
them, BERG_TIMESTAMP_URL outranks --timestamp, BERG_IMPORT_PASSPHRASE opens what is imported.
A signing command gets the bytes on standard input and gives the signature on standard output.
"""


def add_keys(parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """Give a parser the words; `path` checks a path."""
    parser.add_argument(
        "action",
        nargs="?",
        choices=("init", "list", "rotate", "import"),
        default="list",
        help="default: list",
    )
    parser.add_argument(
        "file", nargs="?", type=path, metavar="FILE", help="import: a chain in PEM, or a .p12"
    )
    parser.add_argument("--key", type=path, metavar="PEM", help="import: the chain's private key")
    parser.add_argument(
        "--command",
        dest="signing_command",
        metavar="WORDS",
        help="import: what signs instead of a key, such as a KMS's client",
    )
    parser.add_argument(
        "--trust",
        action="append",
        type=path,
        default=[],
        metavar="PEM",
        help="import: roots to trust; repeatable",
    )
    parser.add_argument("--name", metavar="NAME", help="init: who signs, as readers will see it")
    parser.add_argument(
        "--timestamp",
        metavar="URL",
        help="init, import: an RFC 3161 time-stamp service; none: no time stamps",
    )
    parser.add_argument("--tenant", metavar="NAME", help="rotate: whose watermark")
    parser.add_argument("--passphrase", action="store_true", help="init: ask for one, and lock")
