"""Whether to ask a time-stamp service: one that has just failed is left alone for a while.

A service that hangs costs half a minute (the library's limit). Without this, a delivery of a
hundred files would wait for it a hundred times.
"""

import time

REST_S = 60.0
"""How long a service that failed isn't asked."""

_failed: dict[str, float] = {}
_proven: set[str] = set()


def may_ask(url: str, *, now: float | None = None) -> bool:
    """Whether the service at `url` may be asked; `now` is monotonic, in seconds."""
    moment = time.monotonic() if now is None else now
    return moment - _failed.get(url, float("-inf")) >= REST_S


def note_failure(url: str, *, now: float | None = None) -> None:
    """The service at `url` gave no usable time stamp."""
    _proven.discard(url)
    _failed[url] = time.monotonic() if now is None else now


def is_proven(url: str) -> bool:
    """Whether a file with a time stamp of `url` has been read back and was sound."""
    return url in _proven


def note_success(url: str) -> None:
    """A file with a time stamp of `url` was read back and was sound."""
    _proven.add(url)
    _failed.pop(url, None)
