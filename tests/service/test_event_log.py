"""A run's events on disk: written while it goes on, read by others, small however long it is."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from berg.engine.observer import Silent
from berg.errors import RequestError
from berg.schema.events import (
    Event,
    RowsCounted,
    RunEnded,
    RunNoticed,
    RunPlanned,
    RunStarted,
    StepAhead,
    StepCached,
    StepMade,
    StepProgress,
    StepsCounted,
    StepStarted,
    event_of,
    line_of,
)
from berg.schema.promised import Promised
from berg.service import Host, Service
from berg.service import _event_log as event_log
from berg.service._event_log import EventLog, log_of
from berg.service._following import follow
from berg.store import Store
from tests.engine.tiny import blob, trouble
from tests.service.row_stage import RowStage, write_table
from tests.service.test_host import Heard, make, on_host


class Clock:
    """Seconds that go by when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A log, a clock, and what is to be done later."""

    def __init__(self, folder: Path) -> None:
        self.path, self.clock = folder / "runs" / "r-1.jsonl", Clock()
        self.later: list[Callable[[], None]] = []
        self.log = EventLog(self.path, Silent(), self._later, self.clock).open()

    def _later(self, delay: float, callback: Callable[[], None]) -> None:
        self.later.append(callback)

    def read(self) -> list[Event]:
        self.log.flush()
        return [event for line in self.path.read_bytes().splitlines() if (event := event_of(line))]

    def counts(self) -> Counter[str]:
        return Counter(event.event for event in self.read())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.log.close()


def test_events_are_written_together_a_moment_later(desk: Desk) -> None:
    for name in ("a", "b"):
        desk.log.event(StepStarted(name=name))
    assert desk.path.read_bytes() == b""
    assert len(desk.later) == 1
    desk.later[0]()
    assert len(desk.path.read_bytes().splitlines()) == 2


def test_a_step_that_is_made_in_the_breath_in_which_it_began_is_told_once(desk: Desk) -> None:
    desk.log.event(StepStarted(name="long"))
    desk.log.flush()
    for event in (
        StepStarted(name="a"),
        StepStarted(name="b"),
        StepMade(name="a", seconds=0.01),
        StepMade(name="long", seconds=1.0),
    ):
        desk.log.event(event)
    told = [(event.event, getattr(event, "name", "")) for event in desk.read()]
    assert told == [
        ("step.started", "long"),
        ("step.started", "b"),
        ("step.made", "a"),
        ("step.made", "long"),
    ]


def test_shares_of_a_step_are_written_some_times_a_second_and_ever_rarer(desk: Desk) -> None:
    for tenth in range(36_000):
        desk.clock.now = tenth / 10
        desk.log.event(StepProgress(name="long", done=tenth / 36_000))
    assert 500 < desk.counts()["step.progress"] < 2_000
    first = desk.read()[1]
    assert isinstance(first, StepProgress)
    assert first.done <= 3 / 36_000


def test_beyond_a_bound_steps_are_counted_and_the_log_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_log, "NAMED", 10)
    desk.log.event(StepCached(names=("a", "b", "c")))
    for number in range(1000):
        desk.clock.now = number / 100
        desk.log.event(StepStarted(name=f"s{number}"))
        desk.log.event(StepMade(name=f"s{number}", seconds=0.01))
    desk.log.event(RunEnded(how="delivered", wall_s=10))
    counts = desk.counts()
    assert counts["step.made"] + 3 < 10
    assert 30 < counts["steps.counted"] < 60
    *_, last, end = desk.read()
    assert isinstance(last, StepsCounted)
    assert (last.made, last.cached) == (1000, 3)
    assert isinstance(end, RunEnded)


def test_the_counts_of_a_million_rows_make_a_short_log(desk: Desk) -> None:
    for number in range(100_001):
        desk.clock.now = number / 3
        desk.log.event(RowsCounted(total=100_000, made=number, kept=0, left_out=0, left_s=1.0))
    assert desk.counts()["rows.counted"] < 2_000
    last = desk.read()[-1]
    assert isinstance(last, RowsCounted)
    assert last.done == last.total


def test_very_long_plans_are_counted_and_not_listed(desk: Desk) -> None:
    ahead = tuple(StepAhead(name=f"s{n}", seconds=1.0) for n in range(15_000))
    for _ in range(2):
        desk.clock.now += 5
        desk.log.event(RunPlanned(total=15_000, cached=0, finish_s=1.0, steps=ahead))
    first, second = desk.read()
    assert isinstance(first, RunPlanned)
    assert isinstance(second, RunPlanned)
    assert (first.listed, len(first.steps)) == (True, 15_000)
    assert (second.listed, second.steps, second.total) == (False, (), 15_000)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("a file where a folder should be")
    desk = Desk(tmp_path)
    desk.log.event(StepStarted(name="a"))
    desk.log.close()


# Following


def test_a_run_that_has_ended_is_told_from_its_beginning(tmp_path: Path) -> None:
    heard = Heard()

    async def line(do: Any) -> None:
        file = do(blob("text"), name="file")
        do.deliver(Promised(asset=file.data, name="any", path="any.txt"))

    async def work(host: Host) -> None:
        await make(host, tmp_path / "a", line, heard)

    on_host(tmp_path / "home", work)
    with Service(tmp_path / "home") as service:
        told = list(service.follow(heard.run))
    kinds = [event.event for event in told]
    assert (kinds[0], kinds[-1]) == ("run.started", "run.ended")
    assert set(kinds) - {"step.started"} == {e.event for e in heard.events} - {"step.started"}


def test_a_run_is_followed_while_another_makes_it(tmp_path: Path) -> None:
    """What is told there is read here before the run has ended, and the reading ends with it."""
    read: list[Event] = []

    async def line(do: Any) -> None:
        await do(trouble("busy"), name="busy")
        file = do(blob("text"), name="file")
        do.deliver(Promised(asset=file.data, name="any", path="any.txt"))

    async def work(host: Host) -> None:
        heard = Heard()
        task = asyncio.create_task(make(host, tmp_path / "a", line, heard))
        await heard.until(StepStarted)
        waited: list[bool] = []

        def pause() -> None:
            waited.append(not heard.of(RunEnded))
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0.02), loop).result()

        loop = asyncio.get_running_loop()

        def reading() -> None:
            with Store(tmp_path / "home") as store:
                read.extend(follow(store, heard.run, pause=pause))

        await asyncio.gather(asyncio.to_thread(reading), task)
        assert any(waited), "it was read while it went on"

    on_host(tmp_path / "home", work)
    assert isinstance(read[0], RunStarted)
    assert isinstance(read[-1], RunEnded)


def test_a_killed_run_is_seen_as_ended_though_its_last_line_is_half(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_run("r-1", {}).close()
        path = log_of(tmp_path, "r-1")
        path.parent.mkdir()
        whole = line_of(StepMade(name="a", seconds=1.0))
        path.write_bytes(whole + whole[:20])
        assert [event.event for event in follow(store, "r-1", pause=pytest.fail)] == ["step.made"]


def test_runs_without_a_log_and_unknown_ones_are_told_apart(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.begin_run("r-1", {}).close()
        with pytest.raises(RequestError, match="has no log"):
            list(follow(store, "r-1", pause=pytest.fail))
        with pytest.raises(RequestError, match="no run"):
            list(follow(store, "r-2", pause=pytest.fail))


def test_gc_removes_the_logs_of_runs_that_are_forgotten(tmp_path: Path) -> None:
    with Service(tmp_path) as service:
        service.store.begin_run("r-1", {}).close()
        for run in ("r-1", "r-old"):
            path = log_of(tmp_path, run)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"")
        service.gc(dry_run=True)
        assert log_of(tmp_path, "r-old").exists()
        service.gc()
        assert not log_of(tmp_path, "r-old").exists()
        assert log_of(tmp_path, "r-1").exists()


def test_steps_of_rows_are_named_after_their_rows(tmp_path: Path) -> None:
    stage = RowStage(tmp_path)
    write_table(stage.table, {"a": "Anna", "b": "Bo"})
    delivery = stage.make()
    told = list(stage.service.follow(delivery.run))
    made = {event.name for event in told if isinstance(event, StepMade)}
    assert {"a/own", "b/own"} < made
    rows = [event for event in told if isinstance(event, RowsCounted)]
    assert (rows[0].done, rows[-1].done, rows[-1].total) == (0, 2, 2)
    lines = log_of(stage.home, delivery.run).read_text().splitlines()
    assert all(json.loads(line)["v"] == 1 for line in lines)
    stage.service.store.close()


def test_an_event_that_is_no_text_is_written_and_stops_no_run(desk: Desk) -> None:
    desk.log.event(RunNoticed(message="a\udcff"))
    (noticed,) = desk.read()
    assert isinstance(noticed, RunNoticed)
    assert noticed.message == "a\\udcff"
