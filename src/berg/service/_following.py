"""Reading the events that runs have written down (`_event_log`), also while they go on."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from berg.errors import RequestError
from berg.schema.events import Event, RunEnded, event_of
from berg.service._event_log import log_of
from berg.store import Store


def follow(store: Store, run: str, *, pause: Callable[[], None]) -> Iterator[Event]:
    """The events of a run from its beginning, and those to come until it ends; `pause` is called
    while there are none. The last is `RunEnded`, unless the run was killed.

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
                return
            if not data:
                pause()


def _opened(store: Store, run: str, pause: Callable[[], None]) -> BinaryIO:
    path = log_of(store.home, run)
    while not path.exists() and _is_live(store, run):  # it has only just begun
        pause()
    try:
        return path.open("rb")
    except OSError:
        raise RequestError(
            f"run {run} has no log of its events: it is older than such logs, or could not write it"
        ) from None


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
