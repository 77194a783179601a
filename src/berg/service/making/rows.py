"""The rows of a run's tables: where their units come from, and what is written down of them.

Memory is flat in their number: they are read as a stream, and what was delivered stands in
`delivery.jsonl`, after which a killed run goes on. What is delivered is written down first, then
kept from `gc`: a row that isn't written down is walked again, and finds its results in the store
and its files in their places.
"""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from berg.delivery.journal import LISTING, DeliveryJournal, RowEntry, lines_of
from berg.delivery.page import write_page
from berg.delivery.write import previous, write_index
from berg.lines.shown import sections_of
from berg.schema.delivery import Deliverable, Delivery, RowCounts
from berg.schema.events import RowsCounted
from berg.schema.plan import Plan, PlannedRows
from berg.service._parts import OpenHome
from berg.service._request import Prepared
from berg.service.making.book import Book
from berg.service.making.delivering import DeliveredFiles
from berg.service.making.report import RowReport
from berg.service.making.row_plan import RowPlanner
from berg.service.making.sorting import RowFolders, Sorted, is_there, sort_rows
from berg.service.making.units import MadeUnit, Unit
from berg.store.recent import Recent

FORESEEN_FROM = 8
"""Rows that are rehearsed before a run, to say how long it will take."""
BREATH = 200
"""Rows after which the one who sorts lets others have a turn."""
SAMPLES = 12
"""Rows that the page shows."""


class Rows:
    """All rows of one run. Closed at the end, whatever it was."""

    def __init__(self, parts: OpenHome, prepared: Prepared, *, run: str) -> None:
        """Raises StoreError: the home can't be written."""
        self._parts, self._prepared, self._run = parts, prepared, run
        self._folder = prepared.folder
        self._made = self._kept = self._seen = 0
        self._known: Recent[bool] = Recent()
        """Keys that some row has needed: one that is needed again is shared."""
        self._shared: set[str] = set()
        with ExitStack() as opened:
            scratch = parts.store.scratch()
            opened.callback(shutil.rmtree, scratch, ignore_errors=True)
            self._book = Book(scratch)
            opened.callback(self._book.close)
            self._report = RowReport(self._folder)
            opened.callback(self._report.drop)
            self._journal = DeliveryJournal(self._folder)
            self._opened = opened.pop_all()

    def __enter__(self) -> "Rows":
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def foresee(self) -> Plan:
        """Look at what was delivered before, count the rows, and rehearse some. To be called
        first; in a thread. Raises StoreError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._book.learn(self._journal.entries())
        planner = RowPlanner(self._parts, self._prepared.each)
        plan = planner.plan(planner.glance(FORESEEN_FROM))
        assert plan.rows is not None
        self._planned: PlannedRows = plan.rows
        self._shelves = RowFolders(self._book, files_of_a_row=planner.files_of_a_row)
        self._begun = time.perf_counter()
        return plan

    def units(self) -> Iterator[Unit | None]:
        """Rows to make, in the tables' order; now and then None, which is none."""
        for found in sort_rows(self._prepared.each, self._book, self._folder):
            self._seen += 1
            if self._seen % BREATH == 0:
                yield None
            if found.problem is not None:
                self._report.add(found.each.name, found.row.number, found.row.id, found.problem)
            elif found.kept:
                self._kept += 1
            else:
                yield self._unit(found)

    def _unit(self, found: Sorted) -> Unit:
        each, row, urgency = found.each, found.row, -float(self._seen)
        return Unit(
            line=lambda: each.line(row),
            rank=lambda name: urgency,
            row=RowEntry(
                ask=each.name,
                row=row.id,
                number=row.number,
                digest=found.digest,
                shard=self._shelves.shard(found),
                paths=(),
            ),
        )

    def leave_out(self, row: RowEntry, problem: str) -> None:
        """A row can't be made, and why."""
        self._report.add(row.ask, row.number, row.row, problem)

    def write_down(self, batch: Sequence[MadeUnit], files: Sequence[DeliveredFiles]) -> None:
        """Rows are delivered: durable when it returns. In a thread. Raises StoreError."""
        entries = [_entry(made, own) for made, own in zip(batch, files, strict=True)]
        blocks = [lines_of(entry, own) for entry, own in zip(entries, files, strict=True)]
        offsets = self._journal.append(blocks)
        self._book.learn(
            replace(entry, offset=offset, length=len(block))
            for entry, offset, block in zip(entries, offsets, blocks, strict=True)
        )
        self._keep(batch, entries)

    def delivered(self, rows: int) -> RowsCounted:
        """So many more rows are written down: how far the run has come."""
        self._made += rows
        return self.counted()

    def _keep(self, batch: Sequence[MadeUnit], entries: Sequence[RowEntry]) -> None:
        """What `gc` must know: each row's own results by its first file, shared ones by folder."""
        needs: dict[str, list[str]] = {}
        shared: list[str] = []
        for made, entry in zip(batch, entries, strict=True):
            own: list[str] = []
            for key in made.keys:
                (shared if key in self._known else own).append(key)
                self._known[key] = True
            if entry.paths:
                needs[str(self._folder / entry.paths[0])] = own
        self._parts.store.delivered_each(self._run, needs)
        fresh = [key for key in dict.fromkeys(shared) if key not in self._shared]
        if fresh:
            self._shared.update(fresh)
            self._parts.store.also_needs(str(self._folder.resolve()), self._run, fresh)

    def counted(self) -> RowsCounted:
        """How far it has come."""
        total, left_out = self._planned.total, self._report.left_out
        return RowsCounted(
            total=total,
            made=self._made,
            kept=self._kept,
            left_out=left_out,
            left_s=self._left_s(total - self._made - self._kept - left_out),
        )

    def _left_s(self, rows: int) -> float:
        """Foreseen seconds to the end: by the pace so far, and by the plan before there is one."""
        if self._made:
            return rows * (time.perf_counter() - self._begun) / self._made
        return rows * self._planned.seconds / self._planned.wanted if self._planned.wanted else 0.0

    def end(self, delivery: Delivery, keys: Sequence[str]) -> Delivery:
        """Write down what the folder has, the document last. `delivery` has what was made once,
        which needs `keys`; the rows are added to it. Raises StoreError.
        """
        folder, whole = self._folder, delivery.deliverables
        gone, deleted = self._gone()
        before = previous(folder)
        if self._made or deleted or before or whole or self._untidy():
            places = ((entry.offset, entry.length) for entry in self._book.in_order())
            self._journal.rewrite(whole, places)
        counts = RowCounts(
            total=self._seen,
            made=self._made,
            kept=self._kept,
            left_out=self._report.left_out,
            gone=gone,
            report=self._report.finish(),
        )
        count = self._book.files() + len(whole)
        listed = {"deliverables": (), "listed": LISTING, "count": count, "rows": counts}
        delivery = delivery.model_copy(update=listed)
        brief, shown = self._prepared.brief, (*whole, *self._samples())
        sections = sections_of(self._prepared.kinds, brief, shown)
        write_page(delivery.model_copy(update={"deliverables": shown}), brief, folder, sections)
        write_index(delivery, whole, before, folder)
        self._keep_folder(keys)
        return delivery

    def _untidy(self) -> bool:
        return self._journal.untidy or not self._journal.path.exists()

    def _gone(self) -> tuple[int, int]:
        """Rows that are in no table any more: how many still have files, and how many have none
        and are forgotten."""
        gone, deleted = 0, []
        for entry in self._book.gone():
            if not is_there(self._folder, entry.paths):
                deleted.append(entry)
                continue
            gone += 1
            first = entry.paths[0] if entry.paths else ""
            self._report.gone(entry.ask, entry.number, entry.row, first)
        self._book.forget(deleted)
        return gone, len(deleted)

    def _samples(self) -> list[Deliverable]:
        """The files of the first rows."""
        found: list[Deliverable] = []
        for count, entry in enumerate(DeliveryJournal(self._folder).look(), start=1):
            found += self._journal.read(entry.offset, entry.length)
            if count == SAMPLES:
                break
        return found

    def _keep_folder(self, keys: Sequence[str]) -> None:
        """What the folder needs besides what its rows need: of what earlier runs shared, nothing
        is forgotten while a row of theirs is kept."""
        folder, needed = str(self._folder.resolve()), [*keys, *self._shared]
        if self._kept:
            self._parts.store.also_needs(folder, self._run, needed)
        else:
            self._parts.store.delivered(folder, self._run, keys=needed)


def _entry(made: MadeUnit, files: DeliveredFiles) -> RowEntry:
    assert made.unit.row is not None
    return replace(made.unit.row, paths=tuple(item.path for item in files))
