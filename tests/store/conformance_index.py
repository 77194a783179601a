"""What every `Index` must do: a suite that each implementation's tests run."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from berg.errors import StoreError
from berg.store import Record
from berg.store.interface import Index
from tests.patience import PATIENCE_S

Scene = Callable[[Index, Index], Awaitable[None]]
A, B = "a" * 64, "ab" * 32


def record(key: str, *assets: str, out: str = "{}", amount: float | None = None) -> Record:
    receipt = "{}" if amount is None else json.dumps({"amount": amount, "wall_s": amount / 2})
    return Record(key, f"recipe of {key}", "test.step", out, assets, receipt, (5,) * len(assets))


class IndexConformance:
    """Subclass it as `Test…`."""

    def open_index(self, home: Path) -> AbstractAsyncContextManager[Index]:
        """One process's view of the index; each call gives another."""
        raise NotImplementedError

    def play(self, home: Path, scene: Scene) -> None:
        async def go() -> None:
            async with (
                self.open_index(home) as mine,
                self.open_index(home) as theirs,
                asyncio.timeout(PATIENCE_S),
            ):
                await scene(mine, theirs)

        asyncio.run(go())

    def test_what_is_committed_is_found_whole(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            made = [record("k1", A, B, out='{"frames":3}'), record("k2")]
            assert await mine.commit(made, run=None) == made
            for index in (mine, theirs):
                found = await index.get(["k2", "k1", "k3"])
                assert found == {"k1": made[0], "k2": made[1]}
                assert found["k1"].expected() == {A: 5, B: 5}
                assert await asyncio.to_thread(index.look, ["k1"]) == {"k1": made[0]}
            assert await mine.get([]) == {}

        self.play(home, scene)

    def test_a_result_may_stand_under_a_second_key(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            old, other = record("old", A, B, amount=2), record("other", A)
            await mine.commit([old, other], run=None)
            await mine.also_under({"new": "old", "other": "old", "none": "gone"})
            found = await theirs.get(["new", "old", "other", "none"])
            assert found == {"new": replace(old, key="new"), "old": old, "other": other}
            assert len(await theirs.timings("test.step", 9)) == 1
            await theirs.forget(["old"])
            assert (await mine.get(["new"]))["new"].assets == (A, B)

        self.play(home, scene)

    def test_a_new_index_has_nothing_of_an_earlier_rule(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            await mine.commit([record("k")], run=None)
            assert not await asyncio.to_thread(theirs.has_former)

        self.play(home, scene)

    def test_the_first_result_under_a_key_stays(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            first = record("k", out='"first"')
            both = await asyncio.gather(
                mine.commit([first], run=None),
                *(theirs.commit([record("k", out=f'"{n}"')], run=None) for n in range(5)),
            )
            assert len({stored.out for (stored,) in both}) <= 2, "at most one before it was there"
            (stays,) = (await mine.get(["k"])).values()
            assert (await theirs.commit([record("k", out='"late"')], run=None)) == [stays]

        self.play(home, scene)

    def test_a_thousand_at_once_are_all_there(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            made = [record(f"k{n}", A) for n in range(1000)]
            await mine.commit(made, run=None)
            keys = [f"k{n}" for n in range(2000)]
            assert set(await theirs.get(keys)) == {f"k{n}" for n in range(1000)}

        self.play(home, scene)

    def test_a_batch_is_kept_whole_or_not_at_all(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            bad: Any = Record("bad", "", "test.step", object(), (), "{}")  # type: ignore[arg-type]
            with pytest.raises(Exception, match=r".") as caught:
                await mine.commit([record("good"), bad], run=None)
            assert caught.type is not AssertionError
            assert await theirs.get(["good", "bad"]) == {}
            await mine.commit([record("good")], run=None)

        self.play(home, scene)

    def test_what_is_forgotten_is_gone(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            await mine.commit([record("k1", A), record("k2", A, B), record("k3", B)], run=None)
            await mine.forget(["k1", "never there"])
            assert set(await theirs.get(["k1", "k2", "k3"])) == {"k2", "k3"}
            await mine.forget_asset(A)
            assert set(await theirs.get(["k1", "k2", "k3"])) == {"k3"}
            assert await mine.makers(A) == []

        self.play(home, scene)

    def test_an_asset_leads_to_its_makers(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            await mine.commit([record("k1", A), record("k2", B)], run=None)
            assert [made.key for made in await theirs.makers("aaaa")] == ["k1"]
            assert [made.key for made in await theirs.makers(B)] == ["k2"]
            assert {made.key for made in await theirs.makers("a")} == {"k1", "k2"}
            assert await theirs.makers("f") == []
            await mine.commit([record(f"m{n}", A) for n in range(30)], run=None)
            assert len(await theirs.makers("aaa")) == 20

        self.play(home, scene)

    def test_times_come_newest_first_and_only_of_their_capability(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            await mine.commit([record(f"k{n}", amount=n) for n in (1, 2, 3)], run=None)
            await mine.commit([record("no receipt")], run=None)
            assert [(a, w) for a, w, _ in await theirs.timings("test.step", 2)] == [
                (3, 1.5),
                (2, 1),
            ]
            assert await theirs.timings("other.step", 2) == []

        self.play(home, scene)

    def test_a_run_tells_its_story_to_others(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            run = await mine.begin_run("r-1", {"brief": "b"})
            with pytest.raises(StoreError, match="r-1 is live"):
                await theirs.begin_run("r-1", {})
            live = await theirs.run("r-1")
            assert live is not None
            assert (live.live, live.info, live.summary) == (True, {"brief": "b"}, None)
            run.note("board", None, "running")
            run.note("voice", "k2", "cached")
            run.note("board", "k1", "ran")
            await asyncio.to_thread(run.finish, {"ran": 1})
            told = await theirs.run("r-1")
            assert told is not None
            assert (told.live, told.summary) == (False, {"ran": 1})
            assert told.steps == (("board", "k1", "ran"), ("voice", "k2", "cached"))
            await asyncio.to_thread((await theirs.begin_run("r-2", {})).close)
            assert [info.run for info in await mine.runs()] == ["r-2", "r-1"]
            assert await mine.run("r-3") is None

        self.play(home, scene)

    def test_the_loop_goes_on_while_many_ask(self, home: Path) -> None:
        async def scene(mine: Index, theirs: Index) -> None:
            turns = 0

            async def count() -> None:
                nonlocal turns
                while True:
                    await asyncio.sleep(0)
                    turns += 1

            counting = asyncio.create_task(count())
            await mine.commit([record(f"k{n}") for n in range(300)], run=None)
            for _ in range(20):
                before = turns
                await mine.get([f"k{n}" for n in range(300)])
                assert turns > before, "it was awaited, not waited for"
            counting.cancel()

        self.play(home, scene)


def opened(opening: Callable[[], Any], index: Callable[[Any], Index]) -> Any:
    """A context of an index, from what holds it: something to be opened and closed in a thread."""

    @asynccontextmanager
    async def context() -> AsyncIterator[Index]:
        holder = opening()
        try:
            yield index(holder)
        finally:
            await asyncio.to_thread(holder.close)

    return context()
