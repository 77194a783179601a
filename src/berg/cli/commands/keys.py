"""Who signs, and with what."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from berg import service
from berg.cli.arguments import Actions, path
from berg.cli.text import printable, table
from berg.home import default_home
from berg.schema.command import Answer, Command

EXAMPLES = """examples:
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

_IMPORTED = "BERG_IMPORT_PASSPHRASE"
_OURS = "BERG_KEYS_PASSPHRASE"


def arguments(parser: ArgumentParser) -> None:
    """Five actions, each with its own words."""
    for word in ("file", "key", "signing_command", "name", "tenant", "timestamp", "log_origin"):
        parser.set_defaults(**{word: None})
    parser.set_defaults(root=None, trust=[], passphrase=False, certificate=False, marks=False)
    actions = Actions(parser, default="list")
    actions.add("list", "show who signs, the watermarks' keys, and who is trusted", _LIST)
    _add_init(actions)
    _add_rotate(actions)
    _add_import(actions)
    untrust = actions.add("untrust", "trust a root no longer that was imported", _UNTRUST)
    untrust.add_argument("root", metavar="ID", help="the root's id")


def run(given: Namespace) -> Answer:
    """Do what the action says."""
    request = service.KeysRequest(
        action=given.action,
        file=given.file,
        key=given.key,
        command=given.signing_command,
        trust=tuple(given.trust),
        name=given.name,
        tenant=given.tenant,
        timestamp=given.timestamp,
        passphrase=given.passphrase,
        log_origin=given.log_origin,
        certificate=given.certificate,
        marks=given.marks,
        root=given.root,
    )
    document = service.keys(default_home(), request, _ask)
    return Answer(document=document, text=keys_text(document))


def _ask(what: str) -> str | None:
    known = os.environ.get(_OURS if "keys" in what else _IMPORTED)
    if known:
        return known
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    return getpass.getpass(f"{what}: ") or None


def keys_text(document: dict[str, Any]) -> str:
    """The keys, in words for people."""
    folder = printable(document["folder"])
    if not document["ready"]:
        return f"no keys in {folder} yet: `berg keys init` makes them, as does the first delivery"
    lines = [f"{document['name']}: keys in {folder}{' (locked)' if document['locked'] else ''}"]
    lines += ["signs:", *table([_signer_row(one) for one in document["signers"]])]
    lines += ["watermarks:", *table([_mark_row(one) for one in document["marks"]])]
    lines.append(f"trusts: its own authority ({document['authority']['file']})")
    lines += table([_root_row(one) for one in document["trust"]])
    lines.append(f"time stamps: {document['timestamp'] or 'none: files are signed without one'}")
    lines.append(f"log: {document['log']['origin']}")
    lines += [f"note: {printable(notice)}" for notice in document["notices"]]
    return "\n".join(lines)


def _signer_row(one: dict[str, Any]) -> tuple[str, ...]:
    by = {"local": "local authority", "key": f"by {one['issuer']}", "command": "by a command"}
    return (
        "  *" if one["current"] else "   ",
        one["id"],
        printable(one["name"]),
        printable(by[one["kind"]]),
        f"until {one['not_after'][:10]}",
    )


def _mark_row(one: dict[str, Any]) -> tuple[str, ...]:
    return ("  *" if one["current"] else "   ", one["id"], one["tenant"], f"epoch {one['epoch']}")


def _root_row(one: dict[str, Any]) -> tuple[str, ...]:
    return ("   ", one["id"], printable(one["name"]), f"until {one['not_after'][:10]}")


def _add_init(actions: Actions) -> None:
    init = actions.add("init", "make the keys, if there are none", _INIT)
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


def _add_rotate(actions: Actions) -> None:
    rotate = actions.add("rotate", "make a new certificate, a new watermark key, or both", _ROTATE)
    rotate.add_argument("--certificate", action="store_true", help="the certificate")
    rotate.add_argument("--marks", action="store_true", help="the watermark's key: a new epoch")
    rotate.add_argument(
        "--tenant", metavar="NAME", help="whose watermark, from now on; means --marks"
    )


def _add_import(actions: Actions) -> None:
    bring = actions.add("import", "sign with your own certificate; trust others' roots", _IMPORT)
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


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
