"""`berg keys`: what is asked of the service, who is asked for a passphrase, what is shown."""

import argparse
import getpass
import os
import sys
from typing import Any

from berg.cli.text import printable, table
from berg.home import default_home
from berg.service import KeysRequest, keys

_IMPORTED = "BERG_IMPORT_PASSPHRASE"
_OURS = "BERG_KEYS_PASSPHRASE"


def keys_command(arguments: argparse.Namespace) -> dict[str, Any]:
    """Do it; the document for programs. Raises BergError."""
    request = KeysRequest(
        action=arguments.action,
        file=arguments.file,
        key=arguments.key,
        command=arguments.signing_command,
        trust=tuple(arguments.trust),
        name=arguments.name,
        tenant=arguments.tenant,
        timestamp=arguments.timestamp,
        passphrase=arguments.passphrase,
        log_origin=arguments.log_origin,
        certificate=arguments.certificate,
        marks=arguments.marks,
        root=arguments.root,
    )
    return keys(default_home(), request, _ask)


def _ask(what: str) -> str | None:
    known = os.environ.get(_OURS if "keys" in what else _IMPORTED)
    if known:
        return known
    if not (sys.stdin and sys.stdin.isatty()):
        return None
    return getpass.getpass(f"{what}: ") or None


def keys_text(document: dict[str, Any]) -> str:
    """The same for people."""
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
