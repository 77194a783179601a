"""Several makes at once in one process: they share workers and models, and none stops another."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from berg.cli.commands.show import lineage_text
from berg.engine.rehearsal import Line
from berg.errors import Interrupted, StepError
from berg.schema.brief import Brand, Brief
from berg.schema.do import Do
from berg.schema.events import (
    Event,
    RunEnded,
    RunPlanned,
    RunStarted,
    StepMade,
    StepStarted,
    StepWaiting,
)
from berg.schema.promised import Promised
from berg.service import Host, Request, Service
from berg.service._request import Prepared
from berg.service.making import foresight
from berg.service.making.run import Made
from tests.engine.tiny import add, blob, trouble, use_desk
from tests.service.film import (
    committed,
    ended,
    furnish,
    give_keys,
    made_here,
    start,
    write_brief,
)

BRIEF = Brief(title="Any", slug="any", languages=("en",), brand=Brand(name="A"), make=())


class Heard:
    """An observer that remembers, and can be waited for."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = asyncio.Event()

    def event(self, event: Event) -> None:
        self.events.append(event)
        self._more.set()

    def of(self, kind: type[Any]) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, kind: type[Any]) -> Any:
        """The first event of a kind, once there is one."""
        while not self.of(kind):
            self._more.clear()
            await self._more.wait()
        return self.of(kind)[0]

    @property
    def run(self) -> str:
        name: str = self.of(RunStarted)[0].run
        return name


def on_host(home: Path, work: Callable[[Host], Awaitable[None]]) -> None:
    give_keys(home)

    async def go() -> None:
        async with Host(home) as host:
            await work(host)

    asyncio.run(go())


async def make(host: Host, folder: Path, line: Line, heard: Heard | None = None) -> Made:
    request = Request(brief=folder / "brief.yaml", out=folder)
    prepared = Prepared(brief=BRIEF, line=line, folder=folder)
    observer = heard or Heard()
    return await host.make_prepared(request, prepared, observer, begun=time.perf_counter())


def promise(do: Do, text: str, *parts: Any) -> None:
    file = do(blob(text, *parts), name=text)
    do.deliver(Promised(asset=file.data, name="any", path="any.txt"))


async def told(home: Path, run: str, step: str) -> None:
    """Until another that has the home open is told that a run is at a step."""
    with Service(home) as service:
        while step not in [under["name"] for under in service.show(run)["now"]["under_way"]]:
            await asyncio.sleep(0.01)
        assert run in [shown["run"] for shown in service.show(None)["runs"] if shown["live"]]
        assert f"  {step}" in lineage_text(service.show(run))


async def slow(do: Do) -> None:
    await do(trouble("slow"), name="slow")
    promise(do, "slow file")


async def quick(do: Do) -> None:
    promise(do, "quick file")


def test_a_make_goes_on_while_another_is_cancelled(tmp_path: Path) -> None:
    async def work(host: Host) -> None:
        first, second = Heard(), Heard()
        stopped = asyncio.create_task(make(host, tmp_path / "a", slow, first))
        other = asyncio.create_task(make(host, tmp_path / "b", slow_too, second))
        await first.until(StepStarted)
        await second.until(StepStarted)
        assert host.runs == (first.run, second.run)
        await told(tmp_path / "home", first.run, "slow")
        assert host.cancel(first.run)
        with pytest.raises(Interrupted, match="what was finished is kept"):
            await stopped
        assert first.of(RunEnded)[0].how == "stopped"
        made = await other
        assert made.delivery is not None
        assert (tmp_path / "b" / "any.txt").read_text() == "other file"
        assert not host.cancel(first.run)
        assert host.runs == ()

    async def slow_too(do: Do) -> None:
        await do(trouble("busy"), name="busy")
        promise(do, "other file")

    on_host(tmp_path / "home", work)


def test_two_makes_of_the_same_at_once_make_each_step_once(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        await do(trouble("busy"), name="busy")
        promise(do, "same file")

    async def work(host: Host) -> None:
        heard = [Heard(), Heard()]
        made = await asyncio.gather(
            *(make(host, tmp_path / str(n), line, heard[n]) for n in range(2))
        )
        steps = [one.delivery.steps for one in made if one.delivery is not None]
        assert sorted(count.ran for count in steps) == [0, 2]
        assert sum(count.cached for count in steps) == 2
        waited = [event for one in heard for event in one.of(StepWaiting)]
        assert [(event.name, event.on) for event in waited][:1] == [("busy", "result")]

    on_host(tmp_path / "home", work)


def test_makes_share_workers_and_the_models_resident_in_them(tmp_path: Path) -> None:
    uses: dict[int, tuple[int, int]] = {}

    def line(amount: int) -> Line:
        async def line(do: Do) -> None:
            used = await do(use_desk(amount), name="desk")
            uses[amount] = (used.value, used.parity)  # foreseen at first, then real
            promise(do, f"file {amount}")

        return line

    async def work(host: Host) -> None:
        await make(host, tmp_path / "0", line(0))
        await asyncio.gather(*(make(host, tmp_path / str(n), line(n)) for n in (1, 2)))

    on_host(tmp_path / "home", work)
    counts, workers = zip(*uses.values(), strict=True)
    assert sorted(counts) == [1, 2, 3], "one session, used three times"
    assert len(set(workers)) == 1


def test_a_make_that_fails_says_so_to_its_own_caller_alone(tmp_path: Path) -> None:
    async def bad(do: Do) -> None:
        await do(trouble("raise"), name="bad")

    async def work(host: Host) -> None:
        heard = Heard()
        failed, made = await asyncio.gather(
            make(host, tmp_path / "a", bad, heard),
            make(host, tmp_path / "b", quick),
            return_exceptions=True,
        )
        assert isinstance(failed, StepError)
        assert isinstance(made, Made)
        ended = heard.of(RunEnded)[0]
        assert (ended.how, ended.failed) == ("failed", 1)
        assert "the work can't be done" in ended.message

    on_host(tmp_path / "home", work)


def test_a_host_that_ends_stops_what_it_has_under_way(tmp_path: Path) -> None:
    heard: list[Heard] = []

    async def work(host: Host) -> None:
        heard.append(Heard())
        task = asyncio.create_task(make(host, tmp_path / "a", slow, heard[0]))
        await heard[0].until(StepStarted)
        tasks.append(task)

    tasks: list[asyncio.Task[Made]] = []
    on_host(tmp_path / "home", work)
    assert heard[0].of(RunEnded)[0].how == "stopped"
    with pytest.raises((Interrupted, asyncio.CancelledError)):
        tasks[0].result()


def test_a_caller_that_is_cancelled_leaves_nothing_under_way(tmp_path: Path) -> None:
    async def work(host: Host) -> None:
        heard = Heard()
        task = asyncio.create_task(make(host, tmp_path / "a", slow, heard))
        await heard.until(StepStarted)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert host.runs == ()
        assert heard.of(RunEnded)[0].how == "stopped"
        (run,) = host.parts.store.runs()
        assert not run.live

    on_host(tmp_path / "home", work)


def test_the_loop_goes_on_while_a_brief_is_read_and_files_are_delivered(tmp_path: Path) -> None:
    """A clock on the loop ticks all the time, whatever a make is doing."""
    home, brief = tmp_path / "home", write_brief(tmp_path, photos=("harbour",))
    furnish(home)
    gaps: list[float] = []

    async def tick() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    async def work(host: Host) -> None:
        clock = asyncio.create_task(tick())
        heard = Heard()
        begun = time.perf_counter()
        await host.make(Request(brief=brief, out=tmp_path / "out"), heard)
        took = time.perf_counter() - begun
        clock.cancel()
        assert len(gaps) > 20
        assert sum(gap for gap in gaps if gap > 0.5) < took / 2

    on_host(home, work)


def test_a_make_in_another_process_shares_with_those_here(tmp_path: Path) -> None:
    home, brief = tmp_path / "home", write_brief(tmp_path, photos=("harbour",))
    furnish(home)
    answers: list[Any] = []

    async def work(host: Host) -> None:
        there = start(home, "make", str(brief), "--out", str(tmp_path / "there"), "--json")
        here = await host.make(Request(brief=brief, out=tmp_path / "here"), Heard())
        answers.append((await asyncio.to_thread(ended, there), here))

    on_host(home, work)
    there, here = answers[0]
    assert there.status == 0, there.err
    total = here.delivery.steps.total
    assert there.ran + here.delivery.steps.ran == total
    keys, commits = committed(home)
    assert commits == len(keys) == total
    assert made_here(home, brief, tmp_path / "again").ran == 0
    assert {item.content_sha256 for item in here.delivery.deliverables} == set(
        there.digests.values()
    )


def test_two_makes_into_one_folder_at_once_leave_it_whole(tmp_path: Path) -> None:
    async def work(host: Host) -> None:
        made = await asyncio.gather(*(make(host, tmp_path / "out", quick) for _ in range(4)))
        assert all(one.delivery is not None for one in made)

    on_host(tmp_path / "home", work)
    document = json.loads((tmp_path / "out" / "delivery.json").read_text())
    assert [item["path"] for item in document["deliverables"]] == ["any.txt"]
    assert not [path.name for path in (tmp_path / "out").iterdir() if path.suffix == ".part"]


def test_a_long_rehearsal_after_a_branch_does_not_hold_up_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "AT_ONCE_S", -1.0)
    monkeypatch.setattr(foresight, "LOOK_AHEAD_SHARE", 0)

    async def line(do: Do) -> None:
        for number in range(3):
            await do(add(number), name=f"sum {number}")
        promise(do, "a file")

    async def work(host: Host) -> None:
        heard = Heard()
        made = await make(host, tmp_path / "a", line, heard)
        assert made.delivery is not None
        assert len(heard.of(RunPlanned)) > 1

    on_host(tmp_path / "home", work)


def test_events_of_a_make_begin_with_its_start_and_end_with_its_end(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        do(add(1), name="sum")
        promise(do, "a file")

    async def work(host: Host) -> None:
        heard = Heard()
        await make(host, tmp_path / "a", line, heard)
        kinds = [event.event for event in heard.events]
        assert kinds[:2] == ["run.started", "run.planned"]
        assert kinds[-2:] == ["run.delivered", "run.ended"]
        assert {event.name for event in heard.of(StepMade)} == {"sum", "a file"}
        end = heard.of(RunEnded)[0]
        assert (end.how, end.total, end.ran, end.cached) == ("delivered", 2, 2, 0)

    on_host(tmp_path / "home", work)
