"""The log of deliveries: show, check, serve."""

from argparse import ArgumentParser, Namespace
from typing import Any

from berg import service
from berg.cli.arguments import Actions, add_listen
from berg.cli.text import plural, printable, printable_lines, table, tell
from berg.errors import CheckFailed
from berg.home import default_home
from berg.schema.command import CHECK_SAID_NO, Answer, Command

PORT = 8421
"""Where `serve` listens unless something else is said."""

EXAMPLES = """examples:
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


def arguments(parser: ArgumentParser) -> None:
    """Five actions, each with its own words."""
    parser.set_defaults(what=None, key=None)
    actions = Actions(parser, default="show")
    show = actions.add("show", "show the log, or the entries that something leads to", _SHOW)
    show.add_argument(
        "what",
        nargs="?",
        metavar="WHAT",
        help="an index, a file's SHA-256, a watermark or a produce id",
    )
    actions.add("checkpoint", "print what the log has signed", _CHECKPOINT)
    actions.add("verify", "read every entry and tile again, up to the signed root", _VERIFY)
    serve = actions.add("serve", "serve the log, read-only, as static tiles", _SERVE)
    add_listen(serve, port=PORT)
    cosign = actions.add("cosign", "ask witnesses to cosign the log", _COSIGN)
    cosign.add_argument("what", nargs="?", metavar="URL", help="one witness (default: all)")
    cosign.add_argument("--key", metavar="VKEY", help="that witness's key, if it is new here")


def run(given: Namespace) -> Answer:
    """Do what the action says; `serve` returns once interrupted."""
    document = _done(given)
    status = 0 if document.get("ok", True) else CHECK_SAID_NO
    return Answer(document=document, text=log_text(document), status=status)


def _done(given: Namespace) -> dict[str, Any]:
    home, action, what = default_home(), given.action, given.what
    if action == "show":
        return service.show_log(home, what)
    if action == "checkpoint":
        return service.log_checkpoint(home)
    if action == "serve":
        return service.serve_log(home, given.listen, tell)
    if action == "cosign":
        return _judged(service.cosign_log(home, what, given.key), "not every witness cosigned")
    return _judged(service.verify_log(home), "the log is damaged")


def _judged(document: dict[str, Any], problem: str) -> dict[str, Any]:
    return document if document["ok"] else document | CheckFailed(problem).to_json()


def log_text(document: dict[str, Any]) -> str:
    """The answer in words for people."""
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


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
