"""Cosign other logs' checkpoints."""

from argparse import ArgumentParser, Namespace

from berg import service
from berg.cli.arguments import add_listen, path
from berg.cli.text import tell
from berg.schema.command import Answer, Command

PORT = 8422
"""Where it listens unless something else is said."""

EXAMPLES = """example:
  berg witness --key witness.pem --log 'log.example/berg+1a2b3c4d+AXYZ…'

It cosigns a log's checkpoint only if that continues the last one it saw, and remembers it in
FILE.seen: keep that folder, or the log could be rewritten unseen. Run it on a machine that the
log's owner does not rule.
"""


def arguments(parser: ArgumentParser) -> None:
    """Its key, the logs it knows, and where it listens."""
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
    add_listen(parser, port=PORT)
    parser.add_argument("--name", metavar="NAME", help="as cosignatures say it, such as w.example")


def run(given: Namespace) -> Answer:
    """Be a witness; returns once interrupted."""
    document = service.serve_witness(
        key=given.key,
        name=given.name,
        logs=tuple(given.log),
        listen=given.listen,
        tell=tell,
    )
    return Answer(document=document, text="ended")


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
