"""Batch: one call for all that is asked while the call before it is under way.

A thousand steps ask at once for what is stored, claimed, kept. Each awaits its own answer; together
they cost a few calls: one thread's turn, one transaction, or one way to a server and back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

A = TypeVar("A")
B = TypeVar("B")

MOST = 500
"""Asked in one call: quick enough that nobody waits long for others."""


class Batch(Generic[A, B]):
    """Asks `work` for many at a time; for one event loop at a time."""

    def __init__(
        self,
        work: Callable[[Sequence[A]], Awaitable[Sequence[B]]],
        *,
        unwanted: Callable[[B], object] = lambda answer: None,
    ) -> None:
        """`work` answers in order. `unwanted` is given what came for somebody who has gone."""
        self._work = work
        self._unwanted = unwanted
        self._asked: list[tuple[A, asyncio.Future[B]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, item: A) -> B:
        """The answer to one. Raises what `work` raises for it, others' faults apart."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[B] = loop.create_future()
        self._asked.append((item, answer))
        if self._working is None or self._working.done():
            self._working = loop.create_task(self._work_off())
        return await answer

    async def _work_off(self) -> None:
        while self._asked:
            some, self._asked = self._asked[:MOST], self._asked[MOST:]
            await self._answer([(item, answer) for item, answer in some if not answer.done()])

    async def _answer(self, some: Sequence[tuple[A, "asyncio.Future[B]"]]) -> None:
        try:
            answers = await self._work([item for item, _ in some])
        except Exception as error:  # whoever asked gets it
            if len(some) > 1:  # it may be one's fault alone
                for one in some:
                    await self._answer([one])
            elif some and not some[0][1].done():
                some[0][1].set_exception(error)
            return
        except BaseException:  # the loop ends
            for _, future in some:
                future.cancel()
            raise
        for (_, future), answer in zip(some, answers, strict=True):
            if future.done():
                self._unwanted(answer)
            else:
                future.set_result(answer)
