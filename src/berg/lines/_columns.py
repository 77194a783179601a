"""A nearly orthogonal array, grown run by run and column by column. See `berg.lines.variants`."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod

Run = tuple[int, ...]
"""A level for each column."""

_ODD = 0x9E3779B97F4A7C15
_MASK = 2**64 - 1


class Columns:
    """How often the runs so far have what in common, and what to add next.

    `levels` are the contents by column; of two of the same content only the first is used.
    """

    def __init__(self, levels: Sequence[Sequence[str]], *, seed: int) -> None:
        self._seed = seed
        self._hashes = [
            {level: _hash(f"{seed}/{column}/{level_text}") for level, level_text in _unique(texts)}
            for column, texts in enumerate(levels)
        ]
        sizes = [len(hashes) for hashes in self._hashes]
        self.combinations = prod(sizes)
        self._room = [prod(sizes[column + 1 :]) for column in range(len(sizes))]
        """How many runs may begin with the same levels, up to a column."""
        self._uses: list[Counter[int]] = [Counter() for _ in sizes]
        self._seen: dict[tuple[Run, Run], Counter[int]] = {}
        """By columns before and their levels: how often each level of the column went with them.
        The column itself stands last in the first tuple."""
        self._before = [_subsets(column, sizes) for column in range(len(sizes))]
        self._count = 0

    def next(self) -> Run:
        """Choose a run, and count it. At most as often as there are combinations."""
        slot = _hash(f"{self._seed}/{self._count}")
        run: Run = ()
        for column in range(len(self._hashes)):
            run += (self._level(run, column, slot),)
        self.add(run)
        return run

    def add(self, run: Run) -> None:
        """Count a run."""
        self._count += 1
        for column, level in enumerate(run):
            self._uses[column][level] += 1
            for subset, _ in self._before[column]:
                key = ((*subset, column), tuple(run[other] for other in subset))
                self._seen.setdefault(key, Counter())[level] += 1

    def neighbours(self, run: Run) -> Iterator[Run]:
        """Runs not counted yet: those that differ in one level first, then in two; best first."""
        for distance in (1, 2):
            found = [
                (self._cost(near), near)
                for changed in combinations(range(len(run)), distance)
                for near in self._changed(run, changed)
                if not self._has(near)
            ]
            yield from (near for _, near in sorted(found))

    def _changed(self, run: Run, changed: tuple[int, ...]) -> Iterator[Run]:
        """Runs with other levels there: of each column the few that were used least."""
        few = None if len(changed) == 1 else 12
        first, rest = changed[0], changed[1:]
        others = [level for level in self._hashes[first] if level != run[first]]
        others.sort(key=lambda level: (self._uses[first][level], self._hashes[first][level]))
        for level in others[:few]:
            near = (*run[:first], level, *run[first + 1 :])
            yield from self._changed(near, rest) if rest else (near,)

    def _has(self, run: Run) -> bool:
        last = len(run) - 1
        return bool(self._seen.get(((*range(last), last), run[:last]), {}).get(run[last]))

    def _cost(self, run: Run) -> tuple[int, int, int]:
        """What a run adds to J2: pairs first, then by how much its levels are used already."""
        pairs = sum(
            self._against(run[:column], column).get(level, 0) * len(self._hashes[column])
            for column, level in enumerate(run)
        )
        uses = sum(
            self._uses[column][level] * len(self._hashes[column])
            for column, level in enumerate(run)
        )
        return uses, pairs, sum(self._hashes[column][level] for column, level in enumerate(run))

    def _level(self, run: Run, column: int, slot: int) -> int:
        """Of the levels used least, the one that goes best with the columns before."""
        hashes = self._hashes[column]
        if len(hashes) == 1:
            return next(iter(hashes))
        uses, costs = self._uses[column], self._against(run, column)
        full = self._full(run, column)
        free = [level for level in hashes if level not in full]
        least = min(uses[level] for level in hashes)
        fair = [level for level in free if uses[level] == least]
        if not fair:  # near the last combinations the fair ones are gone
            least = min(uses[level] for level in free)
            fair = [level for level in free if uses[level] == least]
        cheapest = min(costs.get(level, 0) for level in fair)
        best = (level for level in fair if costs.get(level, 0) == cheapest)
        return min(best, key=lambda level: (hashes[level] ^ slot) * _ODD & _MASK)

    def _full(self, run: Run, column: int) -> set[int]:
        """Levels with which every run that begins so is used up."""
        seen = self._seen.get(((*range(column), column), run), {})
        return {level for level, times in seen.items() if times >= self._room[column]}

    def _against(self, run: Run, column: int) -> dict[int, int]:
        """What each level of a column would add to J2, after these levels; absent: nothing."""
        costs: Counter[int] = Counter()
        for subset, weight in self._before[column]:
            key = ((*subset, column), tuple(run[other] for other in subset))
            for level, times in self._seen.get(key, {}).items():
                costs[level] += weight * times
        return costs


def _subsets(column: int, sizes: Sequence[int]) -> list[tuple[Run, int]]:
    """Sets of the columns before, and what a coincidence in them and this one weighs.

    Pairs count as in J2. Larger coincidences decide between what is equal in that, and runs that
    would share all levels but one are kept apart before anything else.
    """
    several = [other for other in range(column) if sizes[other] > 1]
    varied = sum(size > 1 for size in sizes)
    found: dict[Run, int] = {tuple(range(column)): 0}
    for many in range(1, len(several) + 1):
        for subset in combinations(several, many):
            weight = prod(sizes[other] for other in subset)
            found[subset] = weight << (0 if many > 1 else 40)
            if many > 1 and many + 1 == varied - 1:
                found[subset] = 1 << 90
    return list(found.items())


def _unique(texts: Sequence[str]) -> list[tuple[int, str]]:
    first = {text: level for level, text in reversed(list(enumerate(texts)))}
    return sorted((level, text) for text, level in first.items())


def _hash(text: str) -> int:
    digest = hashlib.sha256(b"variants\0" + text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
