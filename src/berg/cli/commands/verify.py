"""What a file's label, credentials, watermark and log prove, and what they do not."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from berg import service
from berg.cli.arguments import add_files, path
from berg.cli.counting import Counting
from berg.cli.text import plural
from berg.errors import CheckFailed
from berg.held import held_signals
from berg.home import default_home
from berg.schema.command import CHECK_SAID_NO, Answer, Command

if TYPE_CHECKING:
    from berg.service import Verified

EXAMPLES = """exit status: 0 every file is sound, 4 one is not, or there is none
  sound: a signature or a log entry stands for exactly these bytes, and nothing contradicts it.
  A label or a watermark alone is not sound: anybody can write the one, the other survives edits.
  A signature by somebody unknown is sound, and says so, unless --trust names who is trusted.

examples:
  berg verify film.mp4
  berg verify out/ --quick
  berg verify film.mp4 --trust their-root.pem --log-key 'their.example/log+1a2b3c4d+AXYZ…'
"""


def arguments(parser: ArgumentParser) -> None:
    """Files, who is trusted, and how closely to look."""
    add_files(parser)
    parser.add_argument(
        "--trust",
        action="append",
        type=path,
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


def run(given: Namespace) -> Answer:
    """Check the files."""
    with held_signals():
        from berg.cli.commands._verdicts import verified_text

    progress = Counting(sys.stderr)
    try:
        verified = service.verify(
            service.VerifyRequest(
                files=tuple(given.files),
                trust=tuple(given.trust),
                log_keys=tuple(given.log_key),
                witness_keys=tuple(given.witness_key),
                quick=given.quick,
            ),
            home=default_home(),
            begun=progress.begun,
            progress=lambda count, report: progress.done(count, report.path, report.verdict.sound),
        )
    finally:
        progress.close()
    status = 0 if verified.sound else CHECK_SAID_NO
    return Answer(document=_document(verified), text=verified_text(verified), status=status)


def _document(verified: "Verified") -> dict[str, object]:
    reports = [report.model_dump(mode="json") for report in verified.reports]
    document: dict[str, object] = {
        "ok": verified.sound,
        "files": reports,
        "notes": list(verified.notes),
    }
    if not verified.sound:
        bad = [r for r in verified.reports if not r.verdict.sound]
        what = f"{len(bad)} of {plural(len(verified.reports), 'file')} not sound; each says why"
        document |= CheckFailed(what if bad else "no files to check").to_json()
    return document


COMMAND = Command(examples=EXAMPLES, arguments=arguments, run=run)
