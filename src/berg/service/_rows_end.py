"""The end of a run of rows: the journal in the tables' order, the document, the page, what is kept.

Not here: making and delivering the rows, which is over by then.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from berg.delivery.journal import LISTING, Journal
from berg.delivery.page import write_page
from berg.delivery.write import previous, write_index
from berg.lines.shown import sections_of
from berg.schema.delivery import Deliverable, Delivery, RowCounts
from berg.service._request import Prepared
from berg.service._rows_book import Book
from berg.service._rows_report import Report
from berg.service._rows_sort import Sorter, is_there
from berg.service._rows_tally import Tally
from berg.service._rows_write import Writer

if TYPE_CHECKING:
    from berg.service._service import Service

SAMPLES = 12
"""Rows that the page shows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """What the brief asks for besides, delivered."""

    files: tuple[Deliverable, ...]
    keys: tuple[str, ...]
    """Of the results that they need."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """What the parts of a run know at its end."""

    service: "Service"
    prepared: Prepared
    run: str
    book: Book
    journal: Journal
    report: Report
    sorter: Sorter
    writer: Writer

    def finish(self, plain: Plain, *, made: int, tally: Tally, wall_s: float) -> Delivery:
        """Write down what the folder has, the document last.

        Raises:
            StoreError: the folder can't be written.
        """
        folder = self.prepared.folder
        gone, deleted = self._gone()
        before = previous(folder)
        if made or deleted or self._untidy() or before or plain.files:
            places = ((entry.offset, entry.length) for entry in self.book.in_order())
            self.journal.rewrite(plain.files, places)
        delivery = Delivery(
            run=self.run,
            steps=tally.steps(),
            wall_s=wall_s,
            deliverables=(),
            receipt=tally.totals(wall_s),
            listed=LISTING,
            count=self.book.files() + len(plain.files),
            rows=self._counts(made, gone),
        )
        shown = (*plain.files, *self._samples())
        brief = self.prepared.brief
        sections = sections_of(self.prepared.kinds, brief, shown)
        write_page(delivery.model_copy(update={"deliverables": shown}), brief, folder, sections)
        write_index(delivery, plain.files, before, folder)
        self._keep(plain)
        if gone:
            self.service.notice(
                f"{gone:,} rows of earlier runs are not in the table any more; their files stay,"
                " and the report names them"
            )
        return delivery

    def _gone(self) -> tuple[int, int]:
        """Rows that are in no table any more: how many still have files, and how many have none
        and are forgotten."""
        gone, deleted = 0, []
        for entry in self.book.gone():
            if not is_there(self.prepared.folder, entry.paths):
                deleted.append(entry)
                continue
            gone += 1
            first = entry.paths[0] if entry.paths else ""
            self.report.gone(entry.ask, entry.number, entry.row, first)
        self.book.forget(deleted)
        return gone, len(deleted)

    def _untidy(self) -> bool:
        return self.journal.untidy or not self.journal.path.exists()

    def _counts(self, made: int, gone: int) -> RowCounts:
        return RowCounts(
            total=self.sorter.seen,
            made=made,
            kept=self.sorter.kept,
            left_out=self.report.left_out,
            gone=gone,
            report=self.report.finish(),
        )

    def _samples(self) -> list[Deliverable]:
        """The files of the first rows."""
        found: list[Deliverable] = []
        for count, entry in enumerate(Journal(self.prepared.folder).look(), start=1):
            found += self.journal.read(entry.offset, entry.length)
            if count == SAMPLES:
                break
        return found

    def _keep(self, plain: Plain) -> None:
        """What the folder needs besides what its rows need: of what earlier runs shared, nothing
        is forgotten while a row of theirs is kept."""
        folder, keys = str(self.prepared.folder.resolve()), [*plain.keys, *self.writer.shared]
        if self.sorter.kept:
            self.service.store.also_needs(folder, self.run, keys)
        else:
            self.service.store.delivered(folder, self.run, keys=keys)
