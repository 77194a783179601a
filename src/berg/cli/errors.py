"""Errors as people read them."""

from berg.errors import BergError, BriefError

FAULTS_SHOWN = 50
"""Most faults that are shown: the first of more are enough to go on, and JSON lists all."""


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
