"""Foreseeing rows: some, evenly chosen, are rehearsed, and the rest is reckoned from them."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from berg.brief.table import Row
from berg.compute.simulate import finish_time
from berg.delivery.journal import DeliveryJournal
from berg.lines.rows import RowError
from berg.schema.plan import Plan, PlannedRows, PlannedStep, Shared
from berg.service._forecast import START_S
from berg.service._parts import OpenHome
from berg.service._request import Prepared
from berg.service._rows_ask import PerRow
from berg.service.making.book import Book
from berg.service.making.sorting import Sorted, sort_rows

SAMPLED = 200
"""Rows that a plan rehearses."""


@dataclass(slots=True)
class Survey:
    """What one look at every row has told."""

    most: int
    total: int = 0
    kept: int = 0
    left_out: int = 0
    sample: list[tuple[PerRow, Row]] = field(default_factory=list)
    """Rows to make: up to twice `most`, evenly chosen."""
    _stride: int = 1
    _wanted: int = 0

    def add(self, found: Sorted) -> None:
        """Count a row; of those to make, every so-manieth is kept."""
        self.total += 1
        self.kept += found.kept
        self.left_out += found.problem is not None
        if found.kept or found.problem is not None:
            return
        if self._wanted % self._stride == 0:
            self.sample.append((found.each, found.row))
            if len(self.sample) >= 2 * self.most:
                self.sample = self.sample[::2]
                self._stride *= 2
        self._wanted += 1


class RowPlanner:
    """Plans the rows of one request's tables."""

    def __init__(self, parts: OpenHome, each: Sequence[PerRow]) -> None:
        self._parts, self._each = parts, each
        self._ledger = parts.ledger()
        self.files_of_a_row = 1

    def glance(self, most: int) -> Survey:
        """Count the rows, and take the first few."""
        found = Survey(most, total=sum(each.count() for each in self._each))
        for each in self._each:
            for row in islice(each.rows(), most):
                found.sample.append((each, row))
        return found

    def plan(self, survey: Survey, plain: Plan | None = None) -> Plan:
        """The plan of some rows, and what it says of all; `plain` is that of all other asks."""
        walks = [walk for each, row in survey.sample if (walk := self._walk(each, row))]
        wanted = survey.total - survey.kept - survey.left_out
        lost = len(survey.sample) - len(walks)
        likely = round(wanted * len(walks) / len(survey.sample)) if survey.sample else 0
        self.files_of_a_row = max((len(walk.deliver) for walk in walks), default=1)
        foreseen = _Foreseen(walks, likely, slots=self._parts.node.cores)
        rows = PlannedRows(
            total=survey.total,
            kept=survey.kept,
            left_out=survey.left_out + (wanted - likely if lost else 0),
            sampled=len(survey.sample),
            shared=foreseen.shared(),
            seconds=foreseen.seconds(),
            store_bytes=foreseen.store_bytes(),
            deliver_bytes=foreseen.grown(sum(walk.deliver_bytes for walk in walks)),
            files=foreseen.grown(sum(len(walk.deliver) for walk in walks)),
        )
        base = plain or Plan(steps=(), finish_s=0.0)
        steps = [step for walk in walks for step in walk.steps]
        start_s = START_S if rows.seconds and not base.finish_s else 0.0
        return replace(
            base,
            steps=(*base.steps, *steps),
            finish_s=base.finish_s + rows.seconds + start_s,
            rows=rows,
            row_steps=len(steps),
        )

    def _walk(self, each: PerRow, row: Row) -> Plan | None:
        """One row's plan, its steps named by it; None if it can't be made."""
        try:
            each.digest(row)
            plan = self._parts.rehearse(self._ledger, each.line(row), until=None)
        except RowError:
            return None
        prefix = f"{row.id}/"
        steps = (
            replace(
                step,
                name=prefix + step.name,
                needs=tuple(prefix + need for need in step.needs),
            )
            for step in plan.steps
        )
        return replace(plan, steps=tuple(steps))


class _Foreseen:
    """From some rows to all: what several of them share is done once, the rest once per row."""

    def __init__(self, walks: Sequence[Plan], rows: int, *, slots: int) -> None:
        self._walks, self._rows, self._slots = walks, rows, slots
        seen: dict[str, int] = {}
        self._distinct: dict[str, PlannedStep] = {}
        for walk in walks:
            for recipe in {step.recipe for step in walk.steps}:
                seen[recipe] = seen.get(recipe, 0) + 1
            self._distinct.update((step.recipe, step) for step in walk.steps)
        alone = len(walks) == 1
        self._common = {recipe for recipe, count in seen.items() if count > 1 and not alone}

    def grown(self, amount: float, common: float = 0.0) -> int:
        """An amount over the sampled rows, over all rows; `common` is the part that is shared."""
        if not self._walks:
            return 0
        return round(common + (amount - common) * self._rows / len(self._walks))

    def shared(self) -> Shared:
        asked = sum((walk.shared.asked if walk.shared else 0) for walk in self._walks)
        cached = [step for step in self._distinct.values() if step.state == "cached"]
        return Shared(
            asked=self.grown(asked),
            distinct=self.grown(len(self._distinct), len(self._common)),
            cached=self.grown(len(cached), sum(step.recipe in self._common for step in cached)),
        )

    def store_bytes(self) -> int:
        steps = self._distinct.values()
        return self.grown(
            sum(step.out_bytes for step in steps), sum(s.out_bytes for s in self._in_common())
        )

    def seconds(self) -> float:
        """Wall time: that of the sample on this machine's slots, grown as its work grows."""
        work = sum(step.seconds for step in self._distinct.values())
        if not work:
            return 0.0
        common = sum(step.seconds for step in self._in_common())
        count = max(1, len(self._walks))
        grown = common + (work - common) * self._rows / count
        sample_s = finish_time(list(_once(self._walks)), slots=self._slots)
        return max(sample_s * min(1.0, grown / work), grown * sample_s / work)

    def _in_common(self) -> Iterator[PlannedStep]:
        return (self._distinct[recipe] for recipe in self._common)


def _once(walks: Sequence[Plan]) -> Iterator[PlannedStep]:
    """All steps, each recipe made by the first that asks for it."""
    first: dict[str, str] = {}
    for walk in walks:
        for step in walk.steps:
            first.setdefault(step.recipe, step.name)
    for walk in walks:
        recipes = {step.name: step.recipe for step in walk.steps}
        for step in walk.steps:
            if first[step.recipe] == step.name:
                needs = tuple(dict.fromkeys(first[recipes[need]] for need in step.needs))
                yield replace(step, needs=needs)


def plan_rows(parts: OpenHome, prepared: Prepared, plain: Plan) -> Plan:
    """The plan of a request with tables: what was delivered into its folder before counts."""
    scratch = parts.store.scratch()
    book = Book(scratch)
    try:
        book.learn(DeliveryJournal(prepared.folder).look())
        survey = Survey(SAMPLED // 2)
        for found in sort_rows(prepared.each, book, prepared.folder):
            survey.add(found)
        return RowPlanner(parts, prepared.each).plan(survey, plain)
    finally:
        book.close()
        shutil.rmtree(scratch, ignore_errors=True)
