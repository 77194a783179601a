"""Saying the answer: one text or one JSON document on standard output, errors on standard error.

A reader that has gone (`| head -1`) ends nothing; an output that can't be written is an error.
"""

import os
import sys
from contextlib import suppress

from berg.streams import output

UNWRITABLE = 3
"""Exit status when the answer can't be written."""


def say(document: object, text: str, *, as_json: bool, status: int = 0) -> int:
    """Print the answer; returns the exit status."""
    if not as_json:
        return _put(text, status)
    import json  # not for `--help`, which has to be quick

    with suppress(AttributeError):  # JSON is UTF-8 whatever the terminal speaks
        output().reconfigure(encoding="utf-8")
    return _put(json.dumps(document, ensure_ascii=False, indent=2), status)


def say_line(line: bytes) -> bool:
    """Write a line while a command goes on; False when nobody reads any more. Raises OSError."""
    stream = output()
    if stream is None:
        return False
    try:
        stream.write(line.decode())
        stream.flush()
    except BrokenPipeError:
        _drop_output()
        return False
    return True


def say_error(document: object, text: str, *, as_json: bool, status: int) -> int:
    """Print an error, for people on standard error and for programs on standard output."""
    with suppress(OSError, ValueError):  # nobody may listen there
        print(text, file=sys.stderr, flush=True)
    return say(document, "", as_json=True, status=status) if as_json else status


def error_document(code: str, message: str, *, retry: bool = False) -> dict[str, object]:
    """The form that every error has."""
    return {"error": {"code": code, "message": message, "where": None, "retry": retry}}


def _put(text: str, status: int) -> int:
    stream = output()
    if stream is None:  # closed by whoever started us
        return status
    with suppress(AttributeError):
        stream.reconfigure(errors="backslashreplace")
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        with suppress(OSError, ValueError):
            print(f"berg: can't write the answer: {error.strerror}", file=sys.stderr, flush=True)
        return status or UNWRITABLE
    return status


def _drop_output() -> None:
    """What is left in the buffer goes nowhere, so that the interpreter's own flush is quiet."""
    stream = output()
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
