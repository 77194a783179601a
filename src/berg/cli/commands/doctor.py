"""What this machine can and cannot do, and how to mend it."""

from argparse import Namespace
from typing import Any

from berg.cli.serving import serving
from berg.cli.text import printable, said_no, table
from berg.schema.command import CHECK_SAID_NO, Answer, Command


def run(given: Namespace) -> Answer:
    """Examine it."""
    with serving() as service:
        document = service.doctor()
    status = 0 if document["ok"] else CHECK_SAID_NO
    return Answer(document=document, text=doctor_text(document), status=status)


def doctor_text(document: dict[str, Any]) -> str:
    """Findings, each with how to mend it."""
    rows = [
        ("ok " if check["ok"] else "BAD", check["what"], check["detail"])
        for check in document["checks"]
    ]
    lines = []
    for check, line in zip(document["checks"], table(rows), strict=True):
        lines.append(line)
        if check["mend"]:
            lines.append(f"     mend it: {check['mend']}")
    return "\n".join([f"home: {printable(document['home'])}", *lines, said_no(document)]).rstrip()


COMMAND = Command(examples="example:\n  berg doctor", run=run)
