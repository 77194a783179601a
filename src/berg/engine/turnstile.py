"""Turnstile: how many steps of one kind are under way at once; of those that wait, the most urgent
goes next.

A step under way holds a claim, which is an open file, and a job with its inputs. A line may ask
for twenty thousand steps that take nothing: they must not all be under way before the first ends.
"""

import asyncio
import heapq
import itertools
import os

AT_ONCE = max(64, 2 * (os.cpu_count() or 1))
"""Many more than run at once, so that an engine always has some of each kind to choose from."""


class Turnstile:
    """Lets so many through; for one event loop."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._free = most
        self._order = itertools.count()
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []

    async def enter(self, rank: float) -> None:
        """Wait for a place; the highest rank is let in first, then who came first."""
        if self._free:
            self._free -= 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (-rank, next(self._order), place))
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.leave()  # it was let in at the same moment
            raise

    def leave(self) -> None:
        """Give the place to the next."""
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self._free += 1
