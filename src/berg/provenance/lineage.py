"""Lineage: all steps that a file hangs on, told by one digest that anybody can compute again.

A step's digest covers its key and the digests of the steps whose results it takes; a file's covers
the digests of the steps that it is taken from. So 64 digits stand for the whole graph, however
large, and steps that are shared are digested once. docs/provenance.md shows how to compute it.

Nothing here recurses, and every function's time grows with the graph, not with its depth.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from berg.digest import digest_of_sorted

N = TypeVar("N")
STEP = "lineage.step"
FILE = "lineage.file"
RECEIPT = "receipts.step"
RECEIPTS = "receipts.file"
FILES_AT_ONCE = 4096
"""Files that are counted for together: their bits take half a kilobyte a step under way."""


def step_digest(key: str, needs: Iterable[str]) -> str:
    """A step's digest, from its key and the digests of the steps that it takes, in any order."""
    return digest_of_sorted(STEP, [key, sorted(set(needs))])


def file_digest(steps: Iterable[str]) -> str:
    """A file's digest, from those of the steps that it is taken from, in any order."""
    return digest_of_sorted(FILE, sorted(set(steps)))


def receipt_digest(key: str, receipt: str, needs: Iterable[str]) -> str:
    """As `step_digest`, over what the steps took: `receipt` is JSON as it is stored."""
    return digest_of_sorted(RECEIPT, [key, receipt, sorted(set(needs))])


def receipts_digest(steps: Iterable[str]) -> str:
    """What all steps of a file took, from the digests of those that it is taken from."""
    return digest_of_sorted(RECEIPTS, sorted(set(steps)))


def in_order(roots: Iterable[N], needs: Callable[[N], Iterable[N]]) -> Iterator[N]:
    """Every step that the roots hang on, themselves included: each once, after all that it takes.

    It is the order of a walk that goes to what a step takes before the step itself.
    """
    seen: set[N] = set()
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        path = [(root, iter(needs(root)))]
        while path:
            step, left = path[-1]
            fresh = next((need for need in left if need not in seen), None)
            if fresh is None:
                path.pop()
                yield step
            else:
                seen.add(fresh)
                path.append((fresh, iter(needs(fresh))))


def counts(
    files: Sequence[Iterable[N]],
    order: Sequence[N],
    needs: Callable[[N], Iterable[N]],
    made: Callable[[N], bool],
) -> list[tuple[int, int]]:
    """For each file (the steps that it is taken from): how many steps it hangs on, and how many of
    those have `made` something.

    `order` holds every step after all that it takes. Files are counted for together, so that ten
    thousand that share their steps take hardly longer than one.
    """
    blocks = (files[at : at + FILES_AT_ONCE] for at in range(0, len(files), FILES_AT_ONCE))
    return [pair for block in blocks for pair in _counts(block, order, needs, made)]


def _counts(
    files: Sequence[Iterable[N]],
    order: Sequence[N],
    needs: Callable[[N], Iterable[N]],
    made: Callable[[N], bool],
) -> Iterator[tuple[int, int]]:
    hanging: dict[N, int] = {}
    """The files that hang on a step: bit n for file number n."""
    for number, steps in enumerate(files):
        for step in steps:
            hanging[step] = hanging.get(step, 0) | 1 << number
    all_steps, makers = _Tally(), _Tally()
    for step in reversed(order):
        bits = hanging.pop(step, 0)
        if bits:
            for need in needs(step):
                hanging[need] = hanging.get(need, 0) | bits
            all_steps.add(bits)
            if made(step):
                makers.add(bits)
    for number in range(len(files)):
        yield all_steps.of(number), makers.of(number)


class _Tally:
    """A number for each of many files, all raised together: digit by digit, a bit for each file."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, bits: int) -> None:
        """Add one to the number of every file whose bit is set."""
        place = 0
        while bits:
            if place == len(self._digits):
                self._digits.append(0)
            digit = self._digits[place]
            self._digits[place], bits = digit ^ bits, digit & bits
            place += 1

    def of(self, number: int) -> int:
        """The number of one file."""
        return sum((digit >> number & 1) << place for place, digit in enumerate(self._digits))
