"""Worker: the process that does the work of steps, one job after the other.

Talks JSON lines over its standard input and output; everything that libraries print goes to
standard error. It writes objects itself; only records go back. It ends when its
driver does: the end of standard input is the driver's death.

Of the home it opens the objects and the weights: no index, no keys, no runs. Users' files it knows
by what it is lent, and secrets it hears on a pipe of their own.
"""

import ctypes
import gc
import importlib
import json
import os
import queue
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TextIO

from berg.engine.context import ScratchFolder, WorkContext
from berg.engine.secrets import Secrets, SecretsReader
from berg.errors import BergError, StepError
from berg.store import LocalObjects
from berg.store.interface import Loan
from berg.streams import take_output
from berg.weights import Weights

TIDY_AFTER_S = 0.2
"""Steps that took longer may have left much behind; tidying takes 15 ms, too much for tiny ones."""


def main() -> None:
    """Serve jobs until standard input ends. Arguments: the home, and where secrets are told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the driver's to answer
    replies = os.fdopen(take_output(), "w", encoding="utf-8", buffering=1)
    jobs: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_read_jobs, args=(jobs,), daemon=True).start()
    desk, secrets = Desk(Path(sys.argv[1]), replies), SecretsReader(int(sys.argv[2]))
    while True:
        message = jobs.get()
        if "drop" in message:
            desk.drop_session()
        else:
            desk.serve(message, secrets.hear)


def _read_jobs(jobs: "queue.SimpleQueue[dict[str, Any]]") -> None:
    for line in sys.stdin:
        jobs.put(json.loads(line))
    os._exit(0)


class Desk:
    """Where one worker works: its objects, its weights, its resident session."""

    def __init__(self, home: Path, replies: TextIO) -> None:
        self._replies = replies
        self._objects = LocalObjects.open(home)
        self._weights = Weights(home)
        self._session: tuple[Mapping[str, Any], Any] | None = None
        self._runners: dict[str, Any] = {}

    def serve(self, job: Mapping[str, Any], hear: Callable[[str], Secrets]) -> None:
        """Do one job and tell what came of it; `hear` gives the secrets of a job by its id."""
        scratch = ScratchFolder(self._objects)
        taken_at = time.perf_counter()
        self._tell(job, taken=True)
        try:
            run = self._runner(job["runner"])
            before, begun = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
            secrets = hear(job["id"]) if job["secrets"] else {}
            out = self._work(run, job, scratch, secrets)
        except BergError as error:
            self._tell(
                job,
                error={
                    "kind": type(error).__name__,
                    "where": error.where,
                    "message": error.message,
                },
            )
        except Exception as error:  # the process's edge: whatever a library raises is the step's
            self._tell(
                job,
                error={
                    "kind": "StepError",
                    "where": None,
                    "message": _describe(error),
                    "trace": traceback.format_exc()[-4000:],
                },
            )
        else:
            self._tell(job, out=out, receipt=_receipt(before, begun))
        finally:
            scratch.remove()
            if time.perf_counter() - taken_at > TIDY_AFTER_S:
                _give_back_memory()

    def _runner(self, spelled: str) -> Any:
        """The work by its name. Not timed: imports are a worker's start, not the step's.

        What an import left behind stays for good, so the collector need not walk it again and
        again: that took 55 ms after each longer step.
        """
        if spelled not in self._runners:
            self._runners[spelled] = _load(spelled)
            gc.collect()
            gc.freeze()
        return self._runners[spelled]

    def drop_session(self) -> None:
        """Close the resident session and free its memory."""
        if self._session is not None:
            self._session[1].close()
            self._session = None

    def _work(
        self, run: Any, job: Mapping[str, Any], scratch: ScratchFolder, secrets: Secrets
    ) -> Any:
        self._objects.borrow({name: Loan(**loan) for name, loan in job["loans"].items()})
        call = _load(job["call"]).read(job["params"], job["inputs"])
        weights = {name: self._weights.kept(name, sha) for name, sha in job["weights"].items()}
        session = self._open_session(job["session"], weights) if job["session"] else None
        context = WorkContext(
            self._objects,
            scratch,
            weights,
            session,
            secrets,
            job,
            lambda done: self._tell(job, progress=done),
        )
        return run(call, context).model_dump(mode="json")

    def _open_session(self, wanted: Mapping[str, Any], weights: Mapping[str, Path]) -> Any:
        """The resident session, if it is this one in all; else in its place a new one.

        It opens those of its weights that the step opens; a user's own file the step hands it.
        """
        if self._session is None or self._session[0] != wanted:
            self.drop_session()
            own = {name: weights[name] for name in wanted["weights"] if name in weights}
            options = dict(wanted["options"])
            if wanted["device"] != "cpu":
                options["device"] = wanted["device"]
            self._session = (wanted, _load(wanted["runtime"]).open(own, **options))
        return self._session[1]

    def _tell(self, job: Mapping[str, Any], **message: Any) -> None:
        self._replies.write(json.dumps({"id": job["id"], **message}, ensure_ascii=False) + "\n")


def _give_back_memory() -> None:
    """Let go of what the step left behind.

    Codecs leave reference cycles that hold whole frames, and few small objects: Python's collector
    would not look for a long time. And glibc keeps what was freed, so that ten shots one after the
    other would take 2 GB instead of 0.6.
    """
    gc.collect()
    if _TRIM is not None:
        _TRIM(0)


def _find_trim() -> Callable[[int], int] | None:
    try:
        trim: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):  # not glibc
        return None
    return trim


_TRIM = _find_trim()


def _load(spelled: str) -> Any:
    module, _, name = spelled.partition(":")
    return getattr(importlib.import_module(module), name)


def _describe(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "out of memory"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename or ''}".rstrip(": ")
    return f"{type(error).__name__}: {error}"[:2000]


def _receipt(before: resource.struct_rusage, begun: float) -> dict[str, Any]:
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "wall_s": round(time.perf_counter() - begun, 6),
        "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 6),
        "peak_bytes": after.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    }


def error_from(reply: Mapping[str, Any]) -> BergError:
    """The error that a worker told of, as an exception again."""
    kinds = {cls.__name__: cls for cls in _all_errors(BergError)}
    cls = kinds.get(reply["kind"], StepError)
    error = cls.__new__(cls)
    BergError.__init__(error, reply["message"], where=reply["where"])
    return error


def _all_errors(cls: type[BergError]) -> list[type[BergError]]:
    return [cls, *(sub for child in cls.__subclasses__() for sub in _all_errors(child))]


if __name__ == "__main__":
    main()
