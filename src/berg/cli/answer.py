"""Saying the answer: one text or one JSON document on standard output, errors on standard error.

A reader that has gone (`| head -1`) ends nothing; an output that can't be written is an error.
"""

import json
import os
import sys
from contextlib import suppress
from typing import Any, TextIO

UNWRITABLE = 3
"""Exit status when the answer can't be written."""


def say(document: Any, text: str, *, as_json: bool, status: int = 0) -> int:
    """Print the answer; returns the exit status."""
    if not as_json:
        return _put(sys.stdout, text, status)
    _speak_utf8(sys.stdout)
    return _put(sys.stdout, json.dumps(document, ensure_ascii=False, indent=2), status)


def say_error(document: Any, text: str, *, as_json: bool, status: int) -> int:
    """Print an error, for people on standard error and for programs on standard output."""
    with suppress(OSError, ValueError):  # nobody may listen there
        print(text, file=sys.stderr, flush=True)
    return say(document, "", as_json=True, status=status) if as_json else status


def error_document(code: str, message: str, *, retry: bool = False) -> dict[str, Any]:
    """The form that every error has."""
    return {"error": {"code": code, "message": message, "where": None, "retry": retry}}


def _put(stream: TextIO | None, text: str, status: int) -> int:
    if stream is None:  # closed by whoever started us
        return status
    with suppress(AttributeError):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[attr-defined]
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        _drop(stream)
    except OSError as error:
        _drop(stream)
        with suppress(OSError, ValueError):
            print(f"berg: can't write the answer: {error.strerror}", file=sys.stderr, flush=True)
        return status or UNWRITABLE
    return status


def _speak_utf8(stream: TextIO | None) -> None:
    """JSON is UTF-8 whatever the terminal speaks."""
    with suppress(AttributeError):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def _drop(stream: TextIO) -> None:
    """What is left in the buffer goes nowhere, so that the interpreter's own flush is quiet."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
