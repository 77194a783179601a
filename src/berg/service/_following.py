"""Reading the events that runs have written down (`_event_log`), also while they go on."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO

from berg.errors import RequestError
from berg.schema.events import (
    Event,
    RowsCounted,
    RunEnded,
    RunPlanned,
    StepCached,
    StepFailed,
    StepMade,
    StepProgress,
    StepsCounted,
    StepStarted,
    event_of,
)
from berg.service._event_log import log_of
from berg.store import RunInfo, Store


def follow(store: Store, run: str, *, pause: Callable[[], None]) -> Iterator[Event]:
    """The events of a run from its beginning, and those to come until it ends; `pause` is called
    while there are none. The last is `RunEnded`, unless the run was killed: where the
    log ends before the run did, it is told by the run's record.

    Raises:
        RequestError: no such run is known, or it has no log.
    """
    if store.run(run) is None:
        raise RequestError(f"no run {run[:40]!r}; `berg show` lists the latest")
    with _opened(store, run, pause) as file:
        half = b""
        while True:
            live = _is_live(store, run)  # asked first: what it told before it ended is not missed
            data = file.read()
            *lines, half = (half + data).split(b"\n")
            for event in map(event_of, lines):
                if event is not None:
                    yield event
                if isinstance(event, RunEnded):
                    return
            if not data and not live:
                if (end := end_of(store.run(run))) is not None:
                    yield end
                return
            if not data:
                pause()


def end_of(info: RunInfo | None) -> RunEnded | None:
    """How a run ended by its record; None while it is live, and if it was killed."""
    if info is None or info.finished is None:
        return None
    summary = info.summary or {}
    if ended := summary.get("ended"):
        return RunEnded.model_validate(ended)
    how = "stage" if summary.get("stage") else "delivered" if summary.get("steps") else "failed"
    told = {"how": how, "at": info.finished, "wall_s": summary.get("wall_s") or 0.0}
    return RunEnded.model_validate({**(summary.get("steps") or {}), **told})


def standing(store: Store, run: str) -> dict[str, Any]:
    """How far a run under way is, by what it has told: plain data for `berg show`."""
    now: dict[str, Any] = {"total": 0, "made": 0, "cached": 0, "failed": 0, "rows": None}
    under: dict[str, float] = {}
    path = log_of(store.home, run)
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                for event in map(event_of, file):
                    _learn(now, under, event)
    return {**now, "under_way": [{"name": name, "done": done} for name, done in under.items()]}


def _learn(now: dict[str, Any], under: dict[str, float], event: Event | None) -> None:
    match event:
        case RunPlanned():
            now["total"] = event.total
        case StepStarted():
            under[event.name] = 0.0
        case StepProgress():
            under[event.name] = event.done
        case StepMade() | StepFailed():
            under.pop(event.name, None)
            now["made" if isinstance(event, StepMade) else "failed"] += 1
        case StepCached():
            now["cached"] += len(event.names)
        case StepsCounted():
            under.clear()
            now.update(made=event.made, cached=event.cached, failed=event.failed)
        case RowsCounted():
            now["rows"] = {"done": event.done, "total": event.total, "left_s": event.left_s}
        case _:
            pass


def _opened(store: Store, run: str, pause: Callable[[], None]) -> BinaryIO:
    path = log_of(store.home, run)
    while not path.exists() and _is_live(store, run):  # it has only just begun
        pause()
    if path.is_file():  # opening a pipe that somebody put there would wait for ever
        with suppress(OSError):
            return path.open("rb")
    raise RequestError(
        f"run {run} has no log of its events: it is older than such logs, or could not write it"
    )


def _is_live(store: Store, run: str) -> bool:
    info = store.run(run)
    return info is not None and info.live


def drop_logs(store: Store) -> None:
    """Remove the logs of runs that the home has forgotten."""
    found = list((store.home / "runs").glob("*.jsonl"))  # before it is asked which are known
    known = {run.run for run in store.runs()}
    for path in found:
        if path.stem not in known:
            path.unlink(missing_ok=True)
