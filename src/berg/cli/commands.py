"""The commands: each calls the service and gives its answer.

Those on provenance are imported by the command that needs them: certificates, manifests and the
log's server take longer to import than `berg models` takes.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO

from berg.cli import show, show_plan
from berg.cli.layouts import layouts_command
from berg.cli.live import LiveProgress
from berg.cli.notices import hear_warnings
from berg.cli.progress import Progress
from berg.held import held_signals
from berg.home import default_home
from berg.service import Request, Service

CHECK_SAID_NO = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a command came to."""

    document: Any
    """For programs: plain data."""
    text: str
    """The same for people."""
    status: int = 0


Command = Callable[[argparse.Namespace], Answer]


@contextmanager
def _service() -> Iterator[Service]:
    """The service on the home, its progress and warnings shown on standard error."""
    progress = _progress(sys.stderr)
    try:
        with hear_warnings(progress.noticed), Service(default_home(), progress) as service:
            progress.tally.slots = service.node.cores
            yield service
    finally:
        progress.close()


def _progress(stream: TextIO | None) -> Progress:
    live = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    return LiveProgress(stream) if live else Progress(stream)


def _request(arguments: argparse.Namespace) -> Request:
    return Request(
        brief=arguments.brief,
        out=getattr(arguments, "out", None),
        only=tuple(arguments.only),
        until=arguments.until,
        storyboard=arguments.storyboard,
        seed=arguments.seed,
    )


def _make(arguments: argparse.Namespace) -> Answer:
    with _service() as service:
        made = service.make(_request(arguments))
    if made.delivery is None:
        document = {"run": made.run, "stage": arguments.until, "path": str(made.path)}
        return Answer(document=document, text=show.stage_text(made.path, arguments))
    return Answer(
        document=made.delivery.model_dump(mode="json"),
        text=show.delivery_text(made.delivery, made.path),
        status=CHECK_SAID_NO if made.delivery.rows and made.delivery.rows.left_out else 0,
    )


def _plan(arguments: argparse.Namespace) -> Answer:
    with _service() as service:
        plan = service.plan(_request(arguments))
        forecast = service.forecast(plan, arguments.brief)
    return Answer(
        document=show_plan.plan_document(plan, forecast),
        text=show_plan.plan_text(plan, forecast),
    )


def _show(arguments: argparse.Namespace) -> Answer:
    with _service() as service:
        document = service.show(arguments.what)
    return Answer(document=document, text=show.lineage_text(document))


def _models(arguments: argparse.Namespace) -> Answer:
    with _service() as service:
        document = service.models(arguments.action, tuple(arguments.names))
    status = 0 if document["ok"] else CHECK_SAID_NO
    return Answer(document=document, text=show.models_text(document), status=status)


def _layouts(arguments: argparse.Namespace) -> Answer:
    document, text = layouts_command(arguments)
    return Answer(document=document, text=text)


def _verify(arguments: argparse.Namespace) -> Answer:
    with held_signals():
        from berg.cli.verify import verify_files

    document, text, sound = verify_files(arguments)
    return Answer(document=document, text=text, status=0 if sound else CHECK_SAID_NO)


def _label(arguments: argparse.Namespace) -> Answer:
    with held_signals():
        from berg.cli.label import label_command

    document, text, sound = label_command(arguments)
    return Answer(document=document, text=text, status=0 if sound else CHECK_SAID_NO)


def _keys(arguments: argparse.Namespace) -> Answer:
    with held_signals():
        from berg.cli.keys import keys_command, keys_text

    document = keys_command(arguments)
    return Answer(document=document, text=keys_text(document))


def _doctor(_: argparse.Namespace) -> Answer:
    with _service() as service:
        document = service.doctor()
    status = 0 if document["ok"] else CHECK_SAID_NO
    return Answer(document=document, text=show.doctor_text(document), status=status)


def _log(arguments: argparse.Namespace) -> Answer:
    with held_signals():
        from berg.cli.log import log_command, log_text

    document = log_command(arguments)
    status = 0 if document.get("ok", True) else CHECK_SAID_NO
    return Answer(document=document, text=log_text(document), status=status)


def _witness(arguments: argparse.Namespace) -> Answer:
    with held_signals():
        from berg.cli.log import log_text, witness_command

    document = witness_command(arguments)
    return Answer(document=document, text=log_text(document))


def _gc(arguments: argparse.Namespace) -> Answer:
    with _service() as service:
        document = service.gc(dry_run=arguments.dry_run)
    return Answer(document=document, text=show.gc_text(document))


COMMANDS: dict[str, Command] = {
    "make": _make,
    "plan": _plan,
    "show": _show,
    "models": _models,
    "layouts": _layouts,
    "verify": _verify,
    "label": _label,
    "keys": _keys,
    "log": _log,
    "witness": _witness,
    "doctor": _doctor,
    "gc": _gc,
}
