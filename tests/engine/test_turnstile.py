"""So many steps are under way and no more, the most urgent next; nobody's place is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from berg.engine.interface import JobSpec
from berg.engine.turnstile import AT_ONCE, Turnstile
from berg.schema.do import Do
from berg.schema.step import Out
from berg.store import Store
from tests.engine.tiny import Sum, add
from tests.lines.doubles import walk


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def go() -> None:
        await work()

    asyncio.run(go())


async def settle() -> None:
    """Let every task come as far as it gets."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_who_waits_is_let_in_by_rank_then_in_order() -> None:
    entered: list[str] = []

    async def work() -> None:
        turnstile = Turnstile(1)

        async def step(name: str, rank: float) -> None:
            await turnstile.enter(rank)
            entered.append(name)
            await settle()
            turnstile.leave()

        ranks = {"first": 0.0, "low": 1.0, "high": 9.0, "high too": 9.0}
        await asyncio.gather(*(step(name, rank) for name, rank in ranks.items()))

    run(work)
    assert entered == ["first", "high", "high too", "low"]


def test_a_place_is_not_lost_when_who_waits_for_it_is_cancelled() -> None:
    async def work() -> None:
        turnstile = Turnstile(1)
        await turnstile.enter(0)
        gone, let_in = (asyncio.create_task(turnstile.enter(rank)) for rank in (2, 1))
        await settle()
        turnstile.leave()  # to the one that is cancelled at the same moment
        gone.cancel()
        await settle()
        assert gone.cancelled()
        assert let_in.done()
        turnstile.leave()
        await turnstile.enter(0)

    run(work)


def test_a_line_of_many_steps_has_few_of_them_under_way_at_once(tmp_path: Path) -> None:
    """Each holds an open file."""
    held: list[int] = []

    def answer(spec: JobSpec, store: Store) -> Out:
        held.append(len(list((tmp_path / "home" / "locks" / "claims").iterdir())))
        return Sum(value=0, parity=0)

    async def line(do: Do) -> None:
        for number in range(5 * AT_ONCE):
            do(add(number), name=f"step/{number}")

    done = walk(tmp_path / "home", line, answer)
    assert len(done.ran) == 5 * AT_ONCE
    assert max(held) == AT_ONCE
