"""What every engine must do, whoever runs the jobs: a suite that each engine's tests run.

An engine joins with a factory: given a store, slots and a memory budget, it gives an `Engine`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from berg.engine.interface import Engine, JobEvent, JobProgress, JobSpec, Started
from berg.errors import BergError, Interrupted, StepError, WorkerDied
from berg.schema.needs import Needs, Session
from berg.schema.step import StepKind
from berg.store import Store
from berg.units import GIB, MIB
from tests.engine import tiny
from tests.patience import PATIENCE_S

Open = Callable[[Store, int, int], Engine]
"""Opens an engine on a store, with slots and bytes of memory."""
Scene = Callable[[Engine], Awaitable[None]]
_ids = iter(range(1 << 30))


def spec(kind: StepKind[..., Any, Any], inputs: Any = None, **more: Any) -> JobSpec:
    """A job of one of the tiny kinds; `params_` gives its parameters."""
    params = more.pop("params_")
    number = next(_ids)
    return JobSpec(
        id=f"job-{number}",
        name=more.pop("name", f"job-{number}"),
        runner=kind.runner,
        call=f"{kind.calls.__module__}:{kind.calls.__qualname__}",
        params=params,
        inputs=inputs or {},
        needs=more.pop("needs", kind.needs),
        time_limit_s=more.pop("time_limit_s", kind.time_limit_s),
        **more,
    )


def adds(amount: int, **more: Any) -> JobSpec:
    return spec(tiny.ADD, params_={"amount": amount}, **more)


def troubled(how: str, **more: Any) -> JobSpec:
    return spec(tiny.kind_of(how), params_={"how": how}, **more)


def desked(amount: int, **more: Any) -> JobSpec:
    return spec(tiny.DESK, params_={"amount": amount}, **more)


async def error_of(job: Any) -> BergError:
    try:
        result = await job.result()
    except BergError as error:
        return error
    raise AssertionError(f"it gave {result}")


class Conformance:
    """Subclass it as `Test…` with `open_engine`."""

    def open_engine(self, store: Store, slots: int, memory_bytes: int) -> Engine:
        raise NotImplementedError

    def play(self, home: Path, scene: Scene, *, slots: int = 2, memory_bytes: int = GIB) -> None:
        async def go() -> None:
            with Store(home) as store:
                engine = self.open_engine(store, slots, memory_bytes)
                try:
                    async with asyncio.timeout(PATIENCE_S):
                        await scene(engine)
                finally:
                    await engine.close()
                lease = store.lease("cpu", slots, slots)
                assert lease is not None, "everything was given back"

        asyncio.run(go())

    def test_a_job_gives_its_result_and_what_it_took(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            result = await engine.submit(adds(3, inputs={"terms": [4]})).result()
            assert result.out == {"value": 7, "parity": 1}
            assert result.receipt.wall_s >= 0
            assert result.receipt.peak_bytes > 1 << 20

        self.play(tmp_path, scene)

    def test_a_steps_error_is_the_jobs_error(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            error = await error_of(engine.submit(troubled("raise")))
            assert type(error) is StepError
            assert "the work can't be done" in error.message
            assert (await engine.submit(adds(1)).result()).out["value"] == 1

        self.play(tmp_path, scene)

    def test_events_come_in_order_and_end_with_the_job(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            job = engine.submit(troubled("busy"))
            seen: list[JobEvent] = [event async for event in job.events()]
            assert isinstance(seen[0], Started)
            shares = [event.done for event in seen[1:] if isinstance(event, JobProgress)]
            assert len(shares) >= 2
            assert shares == sorted(shares)
            assert len(seen) == 1 + len(shares)
            await job.result()

        self.play(tmp_path, scene)

    def test_a_waiting_job_can_be_dropped(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            running, waiting = engine.submit(troubled("busy")), engine.submit(adds(1))
            waiting.cancel()
            assert isinstance(await error_of(waiting), Interrupted)
            assert [event async for event in waiting.events()] == []
            await running.result()

        self.play(tmp_path, scene, slots=1)

    def test_a_running_job_can_be_stopped_and_its_place_is_free(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            job = engine.submit(troubled("hang", time_limit_s=600.0))
            async for event in job.events():
                assert isinstance(event, Started)
                job.cancel()
            assert isinstance(await error_of(job), Interrupted)
            assert (await engine.submit(adds(1)).result()).out["value"] == 1

        self.play(tmp_path, scene, slots=1)

    def test_a_job_cancelled_before_its_worker_is_up_never_blocks(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            job = engine.submit(troubled("hang", time_limit_s=600.0))
            job.cancel()
            assert isinstance(await error_of(job), Interrupted)
            assert (await engine.submit(adds(1)).result()).out["value"] == 1

        self.play(tmp_path, scene, slots=1)

    def test_a_crash_a_kill_and_a_hang_are_told_apart(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            causes = {"crash": "SIGSEGV", "kill": "memory ran out", "hang": "sign of life"}
            jobs = {how: engine.submit(troubled(how)) for how in causes}
            beside = engine.submit(adds(5))
            for how, cause in causes.items():
                error = await error_of(jobs[how])
                assert isinstance(error, WorkerDied)
                assert cause in error.message
                assert error.where == jobs[how].spec.name  # type: ignore[attr-defined]
            assert (await beside.result()).out["value"] == 5

        self.play(tmp_path, scene)

    def test_a_worker_that_dies_amid_a_reply_ends_its_job(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            error = await error_of(engine.submit(troubled("half a reply")))
            assert isinstance(error, WorkerDied)

        self.play(tmp_path, scene)

    def test_closing_ends_running_and_waiting_jobs(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            jobs = [engine.submit(troubled("hang", time_limit_s=600.0)) for _ in range(3)]
            await asyncio.sleep(0.1)
            await engine.close()
            for job in jobs:
                assert isinstance(await error_of(job), Interrupted)
            assert isinstance(await error_of(engine.submit(adds(1))), Interrupted)

        self.play(tmp_path, scene)

    def test_many_jobs_all_end_each_with_its_own_result(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            jobs = [engine.submit(adds(n)) for n in range(200)]
            results = await asyncio.gather(*(job.result() for job in jobs))
            assert [result.out["value"] for result in results] == list(range(200))

        self.play(tmp_path, scene)

    def test_the_most_urgent_job_goes_first_and_equals_in_order(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            first = engine.submit(troubled("busy"))
            priorities = [1.0, 3.0, 2.0, 3.0, 1.0]
            ended: list[int] = []

            async def watch(n: int, job: Any) -> None:
                await job.result()
                ended.append(n)

            jobs = [engine.submit(adds(n, priority=p)) for n, p in enumerate(priorities)]
            await asyncio.gather(*(watch(n, job) for n, job in enumerate(jobs)), first.result())
            assert ended == [1, 3, 2, 0, 4]

        self.play(tmp_path, scene, slots=1)

    def test_a_session_is_opened_once_and_used_by_one_job_at_a_time(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            jobs = [engine.submit(desked(n)) for n in range(5)]
            outs = [(await job.result()).out for job in jobs]
            assert [out["value"] for out in outs] == [1, 2, 3, 4, 5]
            assert len({out["parity"] for out in outs}) == 1, "one process"

        self.play(tmp_path, scene)

    def test_a_session_in_use_holds_up_no_other_job(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            desks = [engine.submit(desked(n, priority=9.0)) for n in range(20)]
            await engine.submit(adds(1)).result()
            assert not all(job.ended for job in desks)  # type: ignore[attr-defined]

        self.play(tmp_path, scene)

    def test_jobs_that_fill_the_memory_run_one_after_the_other(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            flag = tmp_path / "in"
            alone = {"how": "alone", "note": str(flag)}
            jobs = [
                engine.submit(
                    spec(tiny.kind_of("alone"), params_=alone, needs=Needs(memory_bytes=GIB))
                )
                for _ in range(3)
            ]
            for job in jobs:
                await job.result()

        self.play(tmp_path / "home", scene, memory_bytes=GIB // 2)

    def test_jobs_that_keep_all_processors_busy_run_one_after_the_other(
        self, tmp_path: Path
    ) -> None:
        async def scene(engine: Engine) -> None:
            alone = {"how": "alone", "note": str(tmp_path / "in")}
            wide = Needs(processors=9, memory_bytes=MIB)
            jobs = [
                engine.submit(spec(tiny.kind_of("alone"), params_=alone, needs=wide))
                for _ in range(3)
            ]
            for job in jobs:
                await job.result()
            assert (await engine.submit(adds(1)).result()).out["value"] == 1

        self.play(tmp_path / "home", scene, slots=3)

    def test_two_models_of_one_runtime_are_two_sessions(self, tmp_path: Path) -> None:
        def desk(model: str) -> Needs:
            session = Session(runtime="tests.engine.tiny:Desk", options=(("model", model),))
            return Needs(memory_bytes=MIB, session=session)

        async def scene(engine: Engine) -> None:
            jobs = [engine.submit(desked(n, needs=desk("ab"[n % 2]))) for n in range(6)]
            uses = [(await job.result()).out["value"] for job in jobs]
            assert uses == [1, 1, 2, 2, 3, 3], "each has a desk of its own"

        self.play(tmp_path, scene)

    def test_a_job_that_no_machine_here_can_do_says_so(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            job = engine.submit(adds(1, needs=Needs(accelerator="abacus")))
            assert "needs abacus" in (await error_of(job)).message

        self.play(tmp_path, scene)

    def test_a_secret_reaches_its_job_and_no_other(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            def asks(name: str) -> JobSpec:
                return spec(tiny.WHISPER, params_={"secret": name}, secrets=(name,))

            told = engine.submit(asks("a"), {"a": b"short"})
            broken = replace(asks("b"), runner="tests.engine.tiny:nothing_of_the_kind")
            failing = engine.submit(broken, {"b": b"never heard"})
            longer = engine.submit(asks("c"), {"c": b"much longer"})
            untold = engine.submit(adds(1))
            assert (await told.result()).out["value"] == len(b"short")
            assert type(await error_of(failing)) is StepError
            assert (await longer.result()).out["value"] == len(b"much longer")
            assert (await untold.result()).out["value"] == 1

        self.play(tmp_path, scene, slots=1)

    def test_runs_take_turns_so_that_a_short_one_ends_long_before_a_long_one(
        self, tmp_path: Path
    ) -> None:
        async def scene(engine: Engine) -> None:
            ended: list[str] = []

            async def watch(run: str, job: Any) -> None:
                await job.result()
                ended.append(run)

            jobs = [("long", engine.submit(adds(n, run="long"))) for n in range(1000)]
            jobs += [("short", engine.submit(adds(n, run="short"))) for n in range(10)]
            await asyncio.gather(*(watch(*job) for job in jobs))
            last = max(place for place, run in enumerate(ended) if run == "short")
            assert last < 40, "ten took turns with as many, and with those that had begun"

        self.play(tmp_path, scene)

    def test_what_is_urgent_in_one_run_does_not_overtake_another_run(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            first = engine.submit(troubled("busy", run="a"))
            ended: list[str] = []

            async def watch(name: str, job: Any) -> None:
                await job.result()
                ended.append(name)

            asked = [("a", 9.0), ("a", 8.0), ("a", 9.5), ("b", 1.0), ("b", 2.0), ("c", 0.0)]
            jobs = [
                (f"{run}{priority}", engine.submit(adds(n, run=run, priority=priority)))
                for n, (run, priority) in enumerate(asked)
            ]
            await asyncio.gather(*(watch(*job) for job in jobs), first.result())
            assert ended == ["a9.5", "b2.0", "c0.0", "a9.0", "b1.0", "a8.0"]

        self.play(tmp_path, scene, slots=1)

    def test_cancelling_one_run_leaves_the_others(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            stopped = [engine.submit(troubled("hang", run="a", time_limit_s=600.0))]
            stopped += [engine.submit(adds(n, run="a")) for n in range(20)]
            others = [engine.submit(adds(n, run="b")) for n in range(20)]
            for job in stopped:
                job.cancel()
            for job in stopped:
                assert isinstance(await error_of(job), Interrupted)
            results = [await job.result() for job in others]
            assert [result.out["value"] for result in results] == list(range(20))

        self.play(tmp_path, scene, slots=1)

    def test_runs_share_a_session(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            jobs = [engine.submit(desked(n, run=run)) for n in range(3) for run in "ab"]
            outs = [(await job.result()).out for job in jobs]
            assert sorted(out["value"] for out in outs) == [1, 2, 3, 4, 5, 6], "opened once"

        self.play(tmp_path, scene)

    def test_two_engines_on_one_home_share_slots_and_neither_starves(self, tmp_path: Path) -> None:
        async def scene(engine: Engine) -> None:
            with Store(tmp_path) as store:
                other = self.open_engine(store, 1, GIB)
                try:
                    mine = [engine.submit(desked(n)) for n in range(5)]
                    theirs = [other.submit(desked(n)) for n in range(5)]
                    theirs += [other.submit(adds(n)) for n in range(5)]
                    await asyncio.gather(*(job.result() for job in mine + theirs))
                finally:
                    await other.close()

        self.play(tmp_path, scene, slots=1)
