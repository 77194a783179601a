"""Telling how far long work over blocks has come."""

from collections.abc import Callable, Iterable, Iterator

from berg.media.audio.scratch import Block

OnProgress = Callable[[float], None]
"""Told the share done, 0 to 1, for every second of sound."""


def part(progress: OnProgress, first: float, last: float) -> OnProgress:
    """Progress of a part of the whole that lies between two shares of it."""
    return lambda done: progress(first + (last - first) * min(done, 1.0))


def watched(blocks: Iterable[Block], samples: int, progress: OnProgress) -> Iterator[Block]:
    """The same blocks; tells what share of `samples` has passed."""
    passed = 0
    for block in blocks:
        yield block
        passed += len(block)
        progress(passed / samples)


def rising(progress: OnProgress) -> OnProgress:
    """Never tells less than before: work that is repeated doesn't go back."""
    most = 0.0

    def tell(done: float) -> None:
        nonlocal most
        most = max(most, done)
        progress(most)

    return tell
