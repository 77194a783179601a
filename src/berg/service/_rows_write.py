"""Delivering rows: their files signed and put in place, then written down, then kept from `gc`.

In that order a process may be killed anywhere: a row that isn't written down is walked again, and
finds its results in the store and its files in their places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from berg.delivery.journal import Journal, RowEntry, lines_of
from berg.delivery.write import write_files
from berg.engine.driver import Driver
from berg.engine.pins import pins
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable
from berg.schema.promised import Promised
from berg.service._dossiers import Dossiers
from berg.service._finished import finished_of, object_path_in
from berg.service._rows_ask import place_of
from berg.service._rows_book import Book
from berg.service._rows_sort import Todo
from berg.store.recent import Recent

if TYPE_CHECKING:
    from berg.service._service import Service


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeRow:
    """A row whose steps are all done."""

    todo: Todo
    driver: Driver


class Writer:
    """Delivers rows into one folder. One group at a time, from any thread."""

    def __init__(
        self, service: "Service", brief: Brief, *, run: str, journal: Journal, book: Book
    ) -> None:
        self._service, self._run, self._journal, self._book = service, run, journal, book
        self._dossiers = Dossiers(brief, service.store, service.weights)
        self._finisher = service.finisher()
        self._object_path = object_path_in(service.store)
        self._folder = journal.path.parent
        self._known: Recent[bool] = Recent()
        """Keys that some row has needed: one that is needed again is shared."""
        self.shared: set[str] = set()

    def write(self, rows: Sequence[MadeRow]) -> None:
        """Deliver rows.

        Raises:
            CorruptObject: a stored object is damaged; `where` is its digest.
            StoreError, ProvenanceError: as `write_files`.
        """
        promised = [list(self._promised(row)) for row in rows]
        files = self.files([item for some in promised for item in some])
        blocks, entries, at = [], [], 0
        for row, some in zip(rows, promised, strict=True):
            own = files[at : at + len(some)]
            at += len(some)
            entry = _entry(row.todo, own)
            entries.append(entry)
            blocks.append(lines_of(entry, own))
        offsets = self._journal.append(blocks)
        self._book.learn(
            replace(entry, offset=offset, length=len(block))
            for entry, offset, block in zip(entries, offsets, blocks, strict=True)
        )
        self._keep(rows, entries)

    def files(self, promised: Sequence[Promised]) -> tuple[Deliverable, ...]:
        """Put promised files in their places. Raises as `write`."""
        finished = finished_of(promised, self._dossiers)
        return write_files(
            finished, self._folder, object_path=self._object_path, finisher=self._finisher
        )

    def _promised(self, row: MadeRow) -> Sequence[Promised]:
        todo, name = row.todo, row.todo.each.name
        return [
            replace(
                item,
                name=f"{item.name}/{todo.row.id}",
                path=place_of(name, shard=todo.shard, row=todo.row.id, path=item.path),
            )
            for item in row.driver.promised
        ]

    def _keep(self, rows: Sequence[MadeRow], entries: Sequence[RowEntry]) -> None:
        """What `gc` must know: each row's own results by its first file, shared ones by folder."""
        needs: dict[str, list[str]] = {}
        shared: list[str] = []
        for row, entry in zip(rows, entries, strict=True):
            own: list[str] = []
            for step in pins(row.driver.steps.values(), row.driver.promised):
                (shared if step.key in self._known else own).append(step.key)
                self._known[step.key] = True
            if entry.paths:
                needs[str(self._folder / entry.paths[0])] = own
        store = self._service.store
        store.delivered_each(self._run, needs)
        fresh = [key for key in shared if key not in self.shared]
        if fresh:
            self.shared.update(fresh)
            store.also_needs(str(self._folder.resolve()), self._run, fresh)


def _entry(todo: Todo, files: Sequence[Deliverable]) -> RowEntry:
    return RowEntry(
        ask=todo.each.name,
        row=todo.row.id,
        number=todo.row.number,
        digest=todo.digest,
        shard=todo.shard,
        paths=tuple(item.path for item in files),
    )
