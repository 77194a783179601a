"""Running a command at the process's edge: every ending becomes an answer and an exit status."""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from berg.cli.answer import error_document, say, say_error
from berg.cli.text import printable
from berg.errors import BergError, BriefError, Interrupted, StoreError
from berg.schema.command import Answer

TRACEBACK = "BERG_TRACEBACK"
"""Environment variable: when set, a defect of berg shows where it happened."""

FAULTS_SHOWN = 50
"""Most faults that are shown: the first of more are enough to go on, and JSON lists all."""


def run(arguments: argparse.Namespace) -> int:
    """Run one command and print its answer; returns the exit status."""
    try:
        with _stoppable():
            answer: Answer = arguments.run(arguments)
    except BergError as error:
        return _report(error, as_json=arguments.json)
    except KeyboardInterrupt:
        return _report(Interrupted("stopped"), as_json=arguments.json)
    except OSError as error:  # a disk or a terminal failed under us
        cause = f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        return _report(StoreError(cause), as_json=arguments.json)
    except Exception as error:  # a defect: said as such, in the form of every error
        plugin = getattr(arguments, "plugin", None)
        return _report_defect(error, whose=plugin or "berg", as_json=arguments.json)
    if answer.told:
        return answer.status
    return say(answer.document, answer.text, as_json=arguments.json, status=answer.status)


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGTERM ends a command as Ctrl-C does; a run has its own way while it is under way."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = None
    with suppress(ValueError):  # not the main thread: its owner answers signals
        before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _report(error: BergError, *, as_json: bool) -> int:
    return say_error(error.to_json(), error_text(error), as_json=as_json, status=error.exit_code)


def _report_defect(error: Exception, *, whose: str, as_json: bool) -> int:
    if os.environ.get(TRACEBACK):
        traceback.print_exception(error, file=sys.stderr)
    message = (
        f"a defect of {whose}, {type(error).__name__}: {printable(str(error)[:300])}; "
        "what was finished is kept; "
        f"with {TRACEBACK}=1 the same command shows where"
    )
    document = error_document("defect", message)
    return say_error(document, f"berg: {message}", as_json=as_json, status=BergError.exit_code)


def error_text(error: BergError) -> str:
    """An error's message, and where it happened if the message doesn't say."""
    if isinstance(error, BriefError):
        return _faults_text(error)
    where = f"{error.where}: " if error.where and error.where not in error.message else ""
    return f"berg: {where}{error.message}"


def _faults_text(error: BriefError) -> str:
    count = len(error.faults)
    lines = error.message.split("\n")
    if len(lines) > FAULTS_SHOWN:
        lines[FAULTS_SHOWN:] = [f"… and {len(lines) - FAULTS_SHOWN} more"]
    lines.append(f"berg: {count} fault{'s' * (count > 1)}; nothing was started")
    return "\n".join(lines)
