"""Borrowed files: what a worker, who opens no index, knows of users' files: what it was told."""

from collections.abc import Mapping
from pathlib import Path

from berg.digest import file_sha256
from berg.errors import RequestError, StoreError
from berg.store.externals import RACY_NS, Facts, facts_of
from berg.store.interface import Loan
from berg.store.recent import Recent


class Borrowed:
    """The users' files lent for the job at hand."""

    def __init__(self) -> None:
        self._loans: Mapping[str, Loan] = {}
        self._hashed: Recent[tuple[str, Facts]] = Recent()

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
            if self._still_has(path, sha256, loan):
                return path
        except (RequestError, OSError) as error:
            raise StoreError(
                f"{path} was there when it was read and can't be read now:"
                " put it back, or run the same command again without it"
            ) from error
        raise StoreError(f"{path} changed since it was read: run the same command again")

    def _still_has(self, path: Path, sha256: str, loan: Loan) -> bool:
        facts = facts_of(path)
        settled = loan.hashed_ns - loan.mtime_ns > RACY_NS
        if settled and facts == (loan.size, loan.mtime_ns, loan.ctime_ns):
            return True
        if self._hashed.get(sha256) == (loan.path, facts):
            return True
        same = file_sha256(path) == sha256 and facts_of(path) == facts
        if same:
            self._hashed[sha256] = (loan.path, facts)
        return same

    def present(self, sha256: str, size: int | None) -> bool:
        """Whether these bytes were lent."""
        loan = self._loans.get(sha256)
        return loan is not None and size in (None, loan.size)

    def size(self, sha256: str) -> int | None:
        """Bytes, as lent."""
        loan = self._loans.get(sha256)
        return loan.size if loan is not None else None
