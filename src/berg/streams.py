"""Standard output, kept for the one who answers on it, so that nothing else comes between."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # as in `typing`, whose import would take a third of the time of `--help`
if TYPE_CHECKING:
    from typing import Any, TextIO


def take_output() -> int:
    """A descriptor of what standard output was. From then on descriptor 1 is standard error, so
    that what libraries, plugins and children print is no answer. Raises OSError: one is closed."""
    taken = os.dup(1)
    try:
        os.dup2(2, 1)
    except OSError:
        os.close(taken)
        raise
    return taken


@contextmanager
def output_for_answers() -> Iterator[None]:
    """Meanwhile standard output has answers alone: whatever else prints, prints on standard error.

    A plugin that greets when it is imported would break the one JSON document otherwise.
    """
    stdout = sys.stdout
    _Kept.kept, _Kept.stream = True, _taken(stdout)
    sys.stdout = sys.stderr
    try:
        yield
    finally:
        if _Kept.stream is not stdout:
            _give_back(_Kept.stream)
        sys.stdout, _Kept.kept, _Kept.stream = stdout, False, None


def output() -> "Any":
    """The stream of answers; None where it was closed by whoever started us."""
    return _Kept.stream if _Kept.kept else sys.stdout


class _Kept:
    """Where answers go while standard output is kept for them."""

    kept = False
    stream: "TextIO | None" = None


def _taken(stdout: "TextIO | None") -> "TextIO | None":
    """A stream of its own on the real standard output; any other is as it is."""
    real = sys.__stdout__
    if real is None or stdout is not real:
        return stdout
    try:
        real.flush()
        if real.fileno() == 1:
            return os.fdopen(take_output(), "w", encoding=real.encoding, errors=real.errors)
    except (OSError, ValueError):  # one of both is closed
        pass
    return stdout


def _give_back(stream: "TextIO | None") -> None:
    if stream is not None:
        with suppress(OSError, ValueError):
            stream.flush()
        with suppress(OSError, ValueError):
            os.dup2(stream.fileno(), 1)
            stream.close()
