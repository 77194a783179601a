"""Delivering units: their files described, signed, and put in their places."""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from berg.delivery.write import write_files
from berg.provenance.finish import Finisher
from berg.schema.brief import Brief
from berg.schema.delivery import Deliverable
from berg.service._dossiers import Dossiers
from berg.service._finished import finished_of, object_path_in
from berg.service._marking import once, tell_of_producer
from berg.service._parts import OpenHome
from berg.service.making.units import MadeUnit

DeliveredFiles = tuple[Deliverable, ...]


class Delivering:
    """Delivers into one folder. One batch at a time, from any thread."""

    def __init__(
        self, parts: OpenHome, brief: Brief, folder: Path, *, notice: Callable[[str], None]
    ) -> None:
        """`notice` hears what holds for many files once."""
        self._parts, self._brief, self._folder = parts, brief, folder
        self._notice = once(notice)

    @cached_property
    def _dossiers(self) -> Dossiers:
        return Dossiers(self._brief, self._parts.store, self._parts.weights)

    @cached_property
    def _finisher(self) -> Finisher:
        return self._parts.finisher(self._notice)

    def deliver(
        self,
        batch: Sequence[MadeUnit],
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> list[DeliveredFiles]:
        """The files of each unit, in their places. `progress` hears how many are signed, of how
        many; what it raises gives the delivery up, and what was signed is found signed again.

        Raises:
            CorruptObject: a stored object is damaged; `where` is its digest.
            KeysError: nobody can sign.
            StoreError, ProvenanceError: as `write_files`.
        """
        promised = [made.promised for made in batch]
        finished = finished_of((item for some in promised for item in some), self._dossiers)
        tell_of_producer((item.dossier for item in finished), self._notice)
        files = iter(
            write_files(
                finished,
                self._folder,
                object_path=object_path_in(self._parts.store),
                finisher=self._finisher,
                progress=progress,
            )
        )
        return [tuple(islice(files, len(some))) for some in promised]
