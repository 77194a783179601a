"""The store's thread: in order, beside the loop, and closing waits for nobody."""

import asyncio
import threading

import pytest

from berg.errors import StoreError
from berg.store.store_thread import StoreThread


def test_things_are_done_in_the_order_in_which_they_were_asked() -> None:
    done: list[int] = []

    async def go() -> None:
        thread = StoreThread()
        thread.later(lambda: done.append(0))
        asked = [thread.do(done.append, n) for n in range(1, 5)]
        await asyncio.gather(*asked)
        thread.later(lambda: done.append(5))
        thread.close()
        await asyncio.to_thread(thread.join)

    asyncio.run(go())
    assert done == [0, 1, 2, 3, 4, 5]


def test_what_fails_is_told_to_whoever_asked() -> None:
    async def go() -> None:
        thread = StoreThread()
        with pytest.raises(ZeroDivisionError):
            await thread.do(lambda: 1 // 0)
        assert await thread.do(lambda: 7) == 7
        thread.close()

    asyncio.run(go())


def test_a_closed_one_says_so_and_gives_back_what_it_is_handed() -> None:
    async def go() -> None:
        thread, given = StoreThread(), list[str]()
        thread.close()
        with pytest.raises(StoreError, match="closed"):
            await thread.do(lambda: 7)
        thread.later(lambda: given.append("back"))
        assert given == ["back"]

    asyncio.run(go())


def test_it_may_be_closed_from_within_itself() -> None:
    """As when the garbage collector comes while it works."""

    async def go() -> None:
        thread = StoreThread()

        def close() -> str:
            thread.close()
            thread.join()
            return threading.current_thread().name

        assert await thread.do(close) == "berg-store"

    asyncio.run(go())
