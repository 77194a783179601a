"""`berg verify`: its words, its progress, its answer."""

import argparse
import sys
import time
from collections.abc import Callable
from typing import TextIO

from berg.cli.show_verify import verified_text
from berg.cli.text import fit, plural, printable
from berg.errors import CheckFailed
from berg.home import default_home
from berg.provenance.verify.report import Report
from berg.service import Verified, VerifyRequest, verify

QUIET_S = 10.0
"""Where there is no terminal, progress is a line in so many seconds."""
REDRAW_S = 0.1
FEW = 4
"""So many files need no progress."""


def verify_files(arguments: argparse.Namespace) -> tuple[dict[str, object], str, bool]:
    """Check the files; the document, the text, and whether all is sound."""
    progress = FilesProgress(sys.stderr)
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
            progress=progress.done,
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


class FilesProgress:
    """How many files are done: redrawn on a terminal, else a line now and then."""

    def __init__(
        self, stream: TextIO | None, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream = stream
        self._clock = clock
        self._live = stream is not None and stream.isatty()
        self._total = 0
        self._not_sound = 0
        self._spoken = clock()

    def begun(self, total: int) -> None:
        """So many files will be checked."""
        self._total = total
        if self._live:
            self._write(f"checking {plural(total, 'file')} …")

    def done(self, count: int, report: Report) -> None:
        """One more is."""
        self._not_sound += not report.verdict.sound
        now = self._clock()
        if self._total < FEW or now - self._spoken < (REDRAW_S if self._live else QUIET_S):
            return
        self._spoken = now
        line = (
            f"{count}/{self._total} checked, {self._not_sound} not sound, {printable(report.path)}"
        )
        self._write(f"\r\x1b[K{fit(line, 79)}" if self._live else f"{line}\n")

    def close(self) -> None:
        """Take the line away."""
        if self._live:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._stream = None
