"""Running a command: call the service, show what came of it, map errors to exit codes."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from typing import Any

from berg.cli import show
from berg.cli.progress import progress_for
from berg.errors import BergError, Interrupted, StoreError
from berg.home import default_home
from berg.service import Request, Service

Command = Callable[[argparse.Namespace], tuple[Any, str]]
"""Gives a JSON document and the same for people."""


def run(arguments: argparse.Namespace) -> int:
    """Run one command and print its answer; returns the exit status."""
    try:
        document, text = COMMANDS[arguments.command](arguments)
        _print(document, text, as_json=arguments.json)
        return 0
    except BergError as error:
        return _report(error, as_json=arguments.json)
    except KeyboardInterrupt:
        return _report(Interrupted("stopped"), as_json=arguments.json)
    except BrokenPipeError:  # the reader of our output has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:  # the process's edge: a disk or a terminal failed under us
        cause = f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        return _report(StoreError(cause), as_json=arguments.json)


def _print(document: Any, text: str, *, as_json: bool) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2) if as_json else text, flush=True)


def _report(error: BergError, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(error.to_json(), ensure_ascii=False, indent=2), flush=True)
    print(show.error_text(error), file=sys.stderr, flush=True)
    return error.exit_code


def _request(arguments: argparse.Namespace) -> Request:
    return Request(
        brief=arguments.brief,
        out=getattr(arguments, "out", None),
        only=tuple(arguments.only),
        until=arguments.until,
        storyboard=arguments.storyboard,
        seed=arguments.seed,
    )


def _make(arguments: argparse.Namespace) -> tuple[Any, str]:
    with progress_for(sys.stderr) as observer:
        made = Service(default_home(), observer).make(_request(arguments))
    if made.delivery is None:
        document = {"stage": arguments.until, "path": str(made.path)}
        return document, show.stage_text(made.path, arguments)
    return made.delivery.model_dump(mode="json"), show.delivery_text(made.delivery, made.path)


def _plan(arguments: argparse.Namespace) -> tuple[Any, str]:
    service = Service(default_home())
    plan = service.plan(_request(arguments))
    forecast = service.forecast(plan, arguments.brief)
    return show.plan_document(plan, forecast), show.plan_text(plan, forecast)


def _show(arguments: argparse.Namespace) -> tuple[Any, str]:
    document = Service(default_home()).show(arguments.what)
    return document, show.lineage_text(document)


def _models(arguments: argparse.Namespace) -> tuple[Any, str]:
    with progress_for(sys.stderr) as observer:
        service = Service(default_home(), observer)
        document = service.models(arguments.action, tuple(arguments.names))
    return document, show.models_text(document)


def _doctor(arguments: argparse.Namespace) -> tuple[Any, str]:
    document = Service(default_home()).doctor()
    return document, show.doctor_text(document)


def _gc(arguments: argparse.Namespace) -> tuple[Any, str]:
    document = Service(default_home()).gc(dry_run=arguments.dry_run)
    return document, show.gc_text(document)


COMMANDS: dict[str, Command] = {
    "make": _make,
    "plan": _plan,
    "show": _show,
    "models": _models,
    "doctor": _doctor,
    "gc": _gc,
}
