"""Borrowed files: what a worker, who opens no index, knows of users' files: what it was told."""

from collections.abc import Mapping
from pathlib import Path

from berg.digest import file_sha256
from berg.errors import RequestError, StoreError
from berg.store.externals import facts_of
from berg.store.interface import Loan


class Borrowed:
    """The users' files lent for the job at hand."""

    def __init__(self) -> None:
        self._loans: Mapping[str, Loan] = {}

    def borrow(self, loans: Mapping[str, Loan]) -> None:
        """Know these, and no others."""
        self._loans = loans

    def path(self, sha256: str) -> Path | None:
        """Where these bytes are, as they were when they were lent; None if they weren't.

        Raises StoreError if the file has changed or gone since.
        """
        loan = self._loans.get(sha256)
        if loan is None:
            return None
        path = Path(loan.path)
        try:
            facts = facts_of(path)
            same = (facts.size, facts.mtime_ns) == (loan.size, loan.mtime_ns)
            if same or file_sha256(path) == sha256:
                return path
        except (RequestError, OSError) as error:
            raise StoreError(
                f"{path} was there when it was read and can't be read now:"
                " put it back, or run the same command again without it"
            ) from error
        raise StoreError(f"{path} changed since it was read: run the same command again")

    def present(self, sha256: str, size: int | None) -> bool:
        """Whether these bytes were lent."""
        loan = self._loans.get(sha256)
        return loan is not None and size in (None, loan.size)

    def size(self, sha256: str) -> int | None:
        """Bytes, as lent."""
        loan = self._loans.get(sha256)
        return loan.size if loan is not None else None
