"""`berg verify`: its words, its progress, its answer."""

import argparse
import sys

from berg.cli.counting import Counting
from berg.cli.show_verify import verified_text
from berg.cli.text import plural
from berg.errors import CheckFailed
from berg.home import default_home
from berg.service import Verified, VerifyRequest, verify


def verify_files(arguments: argparse.Namespace) -> tuple[dict[str, object], str, bool]:
    """Check the files; the document, the text, and whether all is sound."""
    progress = Counting(sys.stderr)
    try:
        verified = verify(
            VerifyRequest(
                files=tuple(arguments.files),
                trust=tuple(arguments.trust),
                log_keys=tuple(arguments.log_key),
                witness_keys=tuple(arguments.witness_key),
                quick=arguments.quick,
            ),
            home=default_home(),
            begun=progress.begun,
            progress=lambda count, report: progress.done(count, report.path, report.verdict.sound),
        )
    finally:
        progress.close()
    return _document(verified), verified_text(verified), verified.sound


def _document(verified: Verified) -> dict[str, object]:
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
