"""`berg log` and `berg witness`: what is asked of the service, and what is shown."""

import argparse
import sys
from typing import Any

from berg.cli.text import plural, printable, table
from berg.errors import CheckFailed
from berg.home import default_home
from berg.service import (
    cosign_log,
    log_checkpoint,
    serve_log,
    serve_witness,
    show_log,
    verify_log,
)


def log_command(arguments: argparse.Namespace) -> dict[str, Any]:
    """Do it; the document for programs. Raises BergError."""
    home, action, what = default_home(), arguments.action, arguments.what
    if action == "show":
        return show_log(home, what)
    if action == "checkpoint":
        return log_checkpoint(home)
    if action == "serve":
        return serve_log(home, arguments.listen, _tell)
    if action == "cosign":
        return _judged(cosign_log(home, what, arguments.key), "not every witness cosigned")
    return _judged(verify_log(home), "the log is damaged")


def witness_command(arguments: argparse.Namespace) -> dict[str, Any]:
    """Be a witness; returns once interrupted. Raises BergError."""
    return serve_witness(
        key=arguments.key,
        name=arguments.name,
        logs=tuple(arguments.log),
        listen=arguments.listen,
        tell=_tell,
    )


def _judged(document: dict[str, Any], problem: str) -> dict[str, Any]:
    return document if document["ok"] else document | CheckFailed(problem).to_json()


def _tell(said: str) -> None:
    print(printable_lines(said), file=sys.stderr, flush=True)


def printable_lines(text: str) -> str:
    """Lines that can't move a terminal's cursor."""
    return "\n".join(printable(line) for line in text.split("\n"))


def log_text(document: dict[str, Any]) -> str:
    """The same for people."""
    if "checkpoint" in document:
        return printable_lines(document["checkpoint"].rstrip("\n"))
    if "problems" in document:
        return _verified(document)
    if "witnesses" in document and "entries" not in document:
        rows = [
            (f"  {printable(seen['name'])}", printable(seen["url"]), seen["problem"] or "cosigned")
            for seen in document["witnesses"]
        ]
        return "\n".join([f"checkpoint of {document['size']}", *table(rows)])
    return _shown(document) if "entries" in document else "ended"


def _verified(document: dict[str, Any]) -> str:
    if document["ok"]:
        entries = "1 entry" if document["size"] == 1 else f"{document['size']} entries"
        return f"{document['origin']}: {entries}, {plural(document['files'], 'file')}: as signed"
    return "\n".join(f"  {printable(problem)}" for problem in document["problems"])


def _shown(document: dict[str, Any]) -> str:
    cosigned = document["cosigned_size"]
    rows = [
        (str(one["index"]), one["time"], one["media_type"], one["sha256"][:16])
        for one in document["entries"]
    ]
    return "\n".join(
        [
            f"{document['origin']}, {document['size']} in {printable(document['folder'])}",
            f"key: {document['key']}",
            f"witnesses: {', '.join(map(printable, document['witnesses'])) or 'none named'}"
            + (f"; cosigned up to {cosigned}" if cosigned else ""),
            *table([(f"  {row[0]}", *map(printable, row[1:])) for row in rows]),
        ]
    )
