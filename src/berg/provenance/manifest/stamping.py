"""Whether to ask a time-stamp service: one that has just failed is left alone for a while.

A service that hangs costs half a minute (the library's limit). Without this, a delivery of a
hundred files would wait for it a hundred times. Also: the words for a service that failed, the
same for every file, so that a run says them once.
"""

import re
import time
from urllib.parse import urlsplit

REST_S = 60.0
"""How long a service that failed isn't asked."""
_MOST_WHY = 120

_failed: dict[str, tuple[float, str]] = {}
_proven: set[str] = set()
_REASONS = (
    (r"error sending request", "it can't be reached"),
    (r"timed? ?out", "it gave no answer in time"),
    (r"HTTP error \(status = (\d+)", r"it answered with HTTP status \1"),
    (r"decode error", "what it gave is no time stamp"),
)
"""What the C2PA library says, and what it means."""


def why_not(url: str, *, now: float | None = None) -> str | None:
    """Why the service at `url` isn't asked; None: it may be. `now` is monotonic, in seconds."""
    moment = time.monotonic() if now is None else now
    at, why = _failed.get(url, (float("-inf"), ""))
    return why if moment - at < REST_S else None


def note_failure(url: str, why: str, *, now: float | None = None) -> None:
    """The service at `url` gave no usable time stamp."""
    _proven.discard(url)
    _failed[url] = (time.monotonic() if now is None else now, why)


def is_proven(url: str) -> bool:
    """Whether a file with a time stamp of `url` has been read back and was sound."""
    return url in _proven


def note_success(url: str) -> None:
    """A file with a time stamp of `url` was read back and was sound."""
    _proven.add(url)
    _failed.pop(url, None)


def reason_in(said: str) -> str:
    """Why a service failed, in a few words, from what the library said."""
    for pattern, meant in _REASONS:
        found = re.search(pattern, said)
        if found:
            return found.expand(meant)
    return said if len(said) <= _MOST_WHY else f"{said[: _MOST_WHY - 1]}…"


def unstamped(url: str, why: str) -> str:
    """What users hear, once per run: it holds for every file."""
    return (
        f"files are delivered without a time stamp: {_shown(url)} gave none ({why}). Mend that, or "
        "name another service, or none, with `berg keys import --timestamp URL`; to have one, "
        "delete the files and make them again"
    )


def _shown(url: str) -> str:
    """Without what may be a secret: user, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:100]
