"""A batch: what is asked together costs one call, and each gets its own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from berg.engine.batch import MOST, Batch


class Doubling:
    """Answers with twice the number, refuses negative ones, and notes how it was asked."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.calls.append(list(numbers))
        await self.gate.wait()
        if any(number < 0 for number in numbers):
            raise ValueError("negative")
        return [2 * number for number in numbers]


def test_what_is_asked_in_one_turn_costs_one_call() -> None:
    async def go() -> None:
        work = Doubling()
        batch = Batch(work)
        answers = await asyncio.gather(*(batch.ask(n) for n in range(10)))
        assert answers == [2 * n for n in range(10)]
        assert work.calls == [list(range(10))]

    asyncio.run(go())


def test_while_one_call_is_under_way_the_next_gathers() -> None:
    async def go() -> None:
        work = Doubling()
        batch = Batch(work)
        work.gate.clear()
        first = asyncio.create_task(batch.ask(0))
        while not work.calls:
            await asyncio.sleep(0)
        rest = [asyncio.create_task(batch.ask(n)) for n in range(1, 6)]
        await asyncio.sleep(0)
        work.gate.set()
        assert await first == 0
        assert await asyncio.gather(*rest) == [2, 4, 6, 8, 10]
        assert work.calls == [[0], [1, 2, 3, 4, 5]]

    asyncio.run(go())


def test_a_call_has_a_greatest_size() -> None:
    async def go() -> None:
        work = Doubling()
        batch = Batch(work)
        await asyncio.gather(*(batch.ask(n) for n in range(MOST + 1)))
        assert [len(call) for call in work.calls] == [MOST, 1]

    asyncio.run(go())


def test_one_that_fails_spoils_no_other() -> None:
    async def go() -> None:
        batch = Batch(Doubling())
        answers = await asyncio.gather(*(batch.ask(n) for n in (1, -1, 2)), return_exceptions=True)
        assert (answers[0], answers[2]) == (2, 4)
        with pytest.raises(ValueError, match="negative"):
            raise answers[1] if isinstance(answers[1], Exception) else AssertionError
        assert await batch.ask(3) == 6

    asyncio.run(go())


def test_what_comes_for_somebody_who_has_gone_is_given_back() -> None:
    async def go() -> None:
        work, back = Doubling(), list[int]()
        batch = Batch(work, unwanted=back.append)
        work.gate.clear()
        gone, stays = (asyncio.create_task(batch.ask(n)) for n in (5, 6))
        while not work.calls:
            await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        work.gate.set()
        assert await stays == 12
        assert back == [10]

    asyncio.run(go())


def test_one_batch_serves_one_loop_after_another() -> None:
    work_calls = []

    async def work(numbers: Sequence[int]) -> Sequence[int]:
        work_calls.append(list(numbers))
        return numbers

    batch = Batch(work)
    assert [asyncio.run(batch.ask(n)) for n in range(3)] == [0, 1, 2]
