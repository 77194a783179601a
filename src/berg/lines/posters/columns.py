"""A nearly orthogonal array, grown column by column, round by round. See `variants`."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import prod

from berg.lines.posters.assign import assign

LevelRun = tuple[int, ...]
"""A level for each column, from the first on."""
Subset = tuple[int, ...]
"""Some columns; the levels that a run has there are a run as well."""

_NONE = -1
"""No level yet."""
_MASK = 2**64 - 1
_ODD = 0x9E3779B97F4A7C15
_PAIR, _ALMOST, _NEVER = 1 << 84, 1 << 124, 1 << 164
"""What weighs more than everything below it: pairs, likeness in all levels but one, repeats."""


class Column:
    """One column: its levels so far, and how often each went with what in the columns before.

    Levels are dealt in rounds: in a round each is used once, and who gets which is an assignment
    problem, as nothing within a round adds to J2.
    """

    def __init__(
        self, levels: dict[int, int], *, weights: dict[Subset, int], room: int, salt: int
    ) -> None:
        self.levels = tuple(levels)
        self.runs: list[LevelRun] = []
        """With this column's level last."""
        self._hashes = levels
        self._weights = weights
        """By sets of the columns before: what a coincidence there and here weighs."""
        self._room = room
        """How many runs may begin with the same levels, up to here."""
        self._salt = salt
        self._uses: Counter[int] = Counter()
        self._seen: dict[tuple[Subset, LevelRun], Counter[int]] = {}
        self._begun: dict[LevelRun, Counter[int]] = {}

    def deal(self, beginnings: Sequence[LevelRun]) -> None:
        """Give a round of runs, as many as there are levels, each its level."""
        costs = [self._costs(run) for run in beginnings]
        dealt = assign(costs)
        waiting: list[tuple[int, int]] = []
        for run, place, row in zip(beginnings, dealt, costs, strict=True):
            level = self.levels[place]
            if row[place] < _NEVER:
                self.add((*run, level))
                self.runs.append((*run, level))
            else:
                waiting.append((len(self.runs), level))
                self.runs.append((*run, _NONE))
        for slot, level in waiting:
            self._squeeze(slot, level)

    def add(self, run: LevelRun, times: int = 1) -> None:
        """Count a run, up to this column."""
        before, level = run[:-1], run[-1]
        self._uses[level] += times
        self._begun.setdefault(before, Counter())[level] += times
        for subset in self._weights:
            levels = tuple(before[other] for other in subset)
            self._seen.setdefault((subset, levels), Counter())[level] += times

    def _squeeze(self, slot: int, level: int) -> None:
        """Give a run a level with which it would be one too many: others make room.

        Two levels change places along a path of runs that alternates between rounds, where each
        level must stand once, and beginnings, where each has only so much room. Such a path always
        ends (König, 1916: a bipartite graph of degree s can be coloured with s colours).
        """
        before = self.runs[slot][:-1]
        spare = next(other for other in self.levels if self._begun[before][other] < self._room)
        self.runs[slot] = (*before, level)
        self.add(self.runs[slot])
        moved = {slot}
        while self._begun[before][level] > self._room:
            slot = self._latest((*before, level), moved)
            self._change(slot, spare)
            moved.add(slot)
            start = slot - slot % len(self.levels)
            others = range(start, min(start + len(self.levels), len(self.runs)))
            twice = [s for s in others if s not in moved and self.runs[s][-1] == spare]
            if not twice:
                return
            slot = twice[0]
            moved.add(slot)
            self._change(slot, level)
            before = self.runs[slot][:-1]

    def _latest(self, run: LevelRun, moved: set[int]) -> int:
        slots = range(len(self.runs) - 1, -1, -1)
        return next(slot for slot in slots if self.runs[slot] == run and slot not in moved)

    def _change(self, slot: int, level: int) -> None:
        self.add(self.runs[slot], -1)
        self.runs[slot] = (*self.runs[slot][:-1], level)
        self.add(self.runs[slot])

    def has(self, run: LevelRun) -> bool:
        """Whether a run was counted, of the last column."""
        begun = self._begun.get(run[:-1])
        return bool(begun and begun[run[-1]])

    def uses(self, level: int) -> int:
        """How many runs have a level."""
        return self._uses[level]

    def order(self, level: int) -> int:
        """A number that is the level's own, to decide between equals."""
        return self._hashes[level]

    def against(self, run: LevelRun) -> defaultdict[int, int]:
        """What each level would add, after these levels before; absent: nothing."""
        costs: defaultdict[int, int] = defaultdict(int)
        for subset, weight in self._weights.items():
            levels = tuple(run[other] for other in subset)
            for level, times in self._seen.get((subset, levels), {}).items():
                costs[level] += weight * times
        return costs

    def _costs(self, run: LevelRun) -> list[int]:
        costs = self.against(run)
        for level, times in self._begun.get(run, {}).items():
            costs[level] += _NEVER if times >= self._room else 0
        slot = _hash(f"{self._salt}/{len(self.runs)}/{run}")
        whims = [((own ^ slot) * _ODD & _MASK) >> 48 for own in self._hashes.values()]
        if not costs:
            return whims
        levels = zip(self.levels, whims, strict=True)
        return [(costs.get(level, 0) << 16) + whim for level, whim in levels]


class Columns:
    """The columns of an array.

    `levels` are the contents by column; of two of the same content only the first is used.
    """

    def __init__(self, levels: Sequence[Sequence[str]], *, seed: int) -> None:
        hashes = [
            {level: _hash(f"{seed}/{column}/{text}") for level, text in _unique(texts)}
            for column, texts in enumerate(levels)
        ]
        sizes = [len(column) for column in hashes]
        self.combinations = prod(sizes)
        self._tried: Counter[tuple[Subset, LevelRun]] = Counter()
        self._columns = [
            Column(
                hashes[column],
                weights=_weights(column, sizes),
                room=prod(sizes[column + 1 :]),
                salt=seed,
            )
            for column in range(len(sizes))
        ]

    def runs(self, count: int) -> Iterator[LevelRun]:
        """The first so many runs, or all there are; none twice. To be asked once.

        A larger count only adds, until the last combinations are so few that a run has to be
        squeezed in, which changes some of the earlier (from about half of all combinations on).
        """
        count = min(count, self.combinations)
        self._grow(count, len(self._columns))
        yield from self._columns[-1].runs[:count]

    def _grow(self, count: int, width: int) -> None:
        """Deal the first columns' levels to at least so many runs."""
        if not width:
            return
        column = self._columns[width - 1]
        rounds = -(-count // len(column.levels))
        self._grow(rounds * len(column.levels), width - 1)
        before = self._columns[width - 2].runs if width > 1 else [()] * (count + len(column.levels))
        while len(column.runs) < count:
            start = len(column.runs)
            column.deal(before[start : start + len(column.levels)])

    def add(self, run: LevelRun) -> None:
        """Count a run that was chosen elsewhere."""
        self._tried.update(_parts(run))
        for width, column in enumerate(self._columns, start=1):
            column.add(run[:width])

    def neighbours(self, run: LevelRun, *, fallen: Sequence[LevelRun] = ()) -> Iterator[LevelRun]:
        """Runs not counted yet: those that differ in one level first, then in two; best first.

        What shares levels, or pairs of them, with many of the `fallen` comes last.
        """
        bad = Counter(part for one in fallen for part in _parts(one))
        for distance in (1, 2):
            found = [
                (self._risk(near, bad), self._cost(near), near)
                for changed in combinations(range(len(run)), distance)
                for near in self._changed(run, changed)
                if not self._columns[-1].has(near)
            ]
            yield from (near for *_, near in sorted(found))

    def _changed(
        self, run: LevelRun, changed: tuple[int, ...], few: int = 12
    ) -> Iterator[LevelRun]:
        """Runs with other levels there, of each column the few that were used least."""
        if not changed:
            yield run
            return
        at, column = changed[0], self._columns[changed[0]]
        others = [level for level in column.levels if level != run[at]]
        others.sort(key=lambda level: (column.uses(level), column.order(level)))
        for level in others[:few]:
            yield from self._changed((*run[:at], level, *run[at + 1 :]), changed[1:])

    def _risk(self, run: LevelRun, bad: Counter[tuple[Subset, LevelRun]]) -> int:
        """How likely a run is to fall out, in tenths: the worst of its parts that were tried."""
        return max(10 * bad[part] // (self._tried[part] + 1) for part in _parts(run))

    def _cost(self, run: LevelRun) -> tuple[int, int, int]:
        """How uneven a run would make levels, then pairs; then what tells equals apart."""
        numbered = list(zip(self._columns, run, strict=True))
        uses = sum(column.uses(level) * len(column.levels) for column, level in numbered)
        pairs = sum(
            column.against(run[:width]).get(level, 0)
            for width, (column, level) in enumerate(numbered)
        )
        return uses, pairs, sum(column.order(level) for column, level in numbered)


def _weights(column: int, sizes: Sequence[int]) -> dict[Subset, int]:
    """Sets of the columns before, and what a coincidence in them and this one weighs.

    Pairs weigh as in J2. Larger coincidences decide between what is equal in that; runs that share
    all levels but one are kept apart before anything else.
    """
    several = [other for other in range(column) if sizes[other] > 1]
    varied = sum(size > 1 for size in sizes)
    found: dict[Subset, int] = {}
    for many in range(1, len(several) + 1):
        rank = _PAIR if many == 1 else _ALMOST if many + 1 == varied - 1 else 1
        for subset in combinations(several, many):
            found[subset] = rank * prod(sizes[other] for other in subset)
    return found if sizes[column] > 1 else {}


def _parts(run: LevelRun) -> Iterator[tuple[Subset, LevelRun]]:
    """A run's levels, and its pairs of levels."""
    for many in (1, 2):
        for subset in combinations(range(len(run)), many):
            yield subset, tuple(run[column] for column in subset)


def _unique(texts: Sequence[str]) -> list[tuple[int, str]]:
    first = {text: level for level, text in reversed(list(enumerate(texts)))}
    return sorted((level, text) for text, level in first.items())


def _hash(text: str) -> int:
    digest = hashlib.sha256(b"variants\0" + text.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big")
