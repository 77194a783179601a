"""Every error that berg reports: one root, a stable code, and what it means for the caller.

A message names the thing, what is allowed, and the next action. Exit codes are those of the
command line's contract: 2 the request is wrong (nothing was started), 3 a step failed (the same
command goes on), 4 a check said no, 130 interrupted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar


class BergError(Exception):
    """Root of all errors that berg means to report; anything else is a defect of berg."""

    code: ClassVar[str] = "error"
    """Stable identifier, for programs."""
    exit_code: ClassVar[int] = 3
    http_status: ClassVar[int] = 500
    retry: ClassVar[bool] = False
    """Whether the same request may succeed later without being changed."""

    def __init__(self, message: str, *, where: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where

    def to_json(self) -> dict[str, Any]:
        """The document that `--json` prints on standard output."""
        return {
            "error": {
                "code": self.code,
                "message": self.message,
                "where": self.where,
                "retry": self.retry,
            }
        }


class RequestError(BergError):
    """What was asked for can't be done as asked; nothing was started."""

    code = "request"
    exit_code = 2
    http_status = 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing wrong with a document, and where."""

    message: str
    line: int
    """1-based; 0 when the fault has no place in the text."""
    column: int
    """1-based; 0 when the fault has no place in the text."""
    path: str = ""
    """Dotted path inside the document, such as `make[0].short.seconds`."""

    @property
    def place(self) -> str:
        """`:12:5`, or nothing for a fault of the whole file."""
        return f":{self.line}:{self.column}" if self.line else ""


class BriefError(RequestError):
    """A brief or an edited storyboard has faults; all of them are listed at once."""

    code = "brief"

    def __init__(self, file: str, faults: Sequence[Fault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lines = [f"{file}{f.place}: {f.message}" for f in self.faults]
        super().__init__("\n".join(lines), where=file)

    def to_json(self) -> dict[str, Any]:
        """As the root's, with `faults`: a list of `{line, column, path, message}`."""
        document = super().to_json()
        document["error"]["faults"] = [
            {"line": f.line, "column": f.column, "path": f.path, "message": f.message}
            for f in self.faults
        ]
        return document


class MediaError(RequestError):
    """A picture, clip or sound is damaged, lies about itself, or exceeds a limit."""

    code = "media"


class WeightsError(BergError):
    """Weights can't be had, or are not what their digest says."""

    code = "weights"
    exit_code = 3
    http_status = 503
    retry = True


class StepError(BergError):
    """A step failed for a reason that lies in its work; what was finished is kept."""

    code = "step"


class WorkerDied(StepError):
    """A worker process ended while a step ran: a crash, a memory kill, a time limit."""

    code = "worker"
    retry = True


class StoreError(BergError):
    """The home can't be read or written: disk full, read-only, damaged."""

    code = "store"
    http_status = 507
    retry = True


class CorruptObject(StoreError):
    """Stored bytes no longer match their digest; they were set aside and will be made again."""

    code = "corrupt"


class ProvenanceError(BergError):
    """Keys, signature, label or log are not as they must be; what was made is kept."""

    code = "provenance"


class CheckFailed(BergError):
    """A check that was asked for answered no."""

    code = "check"
    exit_code = 4
    http_status = 422


class Interrupted(BergError):
    """The user stopped the run; what was finished is kept."""

    code = "interrupted"
    exit_code = 130
    http_status = 499
    retry = True


STOPPED = "stopped; what was finished is kept, and the same command goes on from there"
"""What a run that was stopped says."""


class LineError(BergError):
    """A production line broke its contract: a defect of the line, not of the brief."""

    code = "line"
