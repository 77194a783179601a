"""What this home's own log knows of a file: by its bytes, its credentials, its label, its marks.

The entries lead to stored manifests, so that a file that lost its credentials finds them again
("durable credentials", C2PA 2.2, 9.3). Entries are found by what the file says and are not proof
of it: that is judged elsewhere.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from berg.errors import BergError
from berg.provenance.log import Entry
from berg.provenance.log.reader import LogReader
from berg.provenance.verify.orders import StoredManifest
from berg.provenance.verify.report import LedTo, LoggedDelivery, LogLayer, ProofSeen, Seen

_MOST_MARKS = 8
"""Watermarks of one file that are looked up."""
_LONGEST_ID = 256
ReadManifest = Callable[[Path], StoredManifest]


class LogLookup(Protocol):
    """Something that can be asked of a file."""

    def ask(self, seen: Seen) -> LogLayer:
        """The layer of the log, the proof that was seen beside the file kept in it."""
        ...


class NoLog:
    """A home without a log, or somebody without a home."""

    def __init__(self, problem: str = "") -> None:
        self._problem = problem

    def ask(self, seen: Seen) -> LogLayer:
        """The layer as it was seen: there is no log to add anything."""
        if not self._problem:
            return seen.log
        return seen.log.model_copy(update={"home": "failed", "problem": self._problem})


class HomeLog:
    """This home's log and the manifests kept with it. For one thread."""

    def __init__(self, log: LogReader, *, manifests: Path, read_manifest: ReadManifest) -> None:
        self._log, self._manifests, self._read = log, manifests, read_manifest
        self._told: dict[str, StoredManifest] = {}

    def ask(self, seen: Seen) -> LogLayer:
        """What the log knows; `failed` with the cause if it can't be read."""
        try:
            deliveries = tuple(self._deliveries(seen))
            rewritten = self._rewritten(seen.log.proof)
        except (BergError, OSError) as error:
            problem = str(error)[:300]
            return seen.log.model_copy(update={"home": "failed", "problem": problem})
        return seen.log.model_copy(
            update={"home": "asked", "deliveries": deliveries, "rewritten": rewritten}
        )

    def _deliveries(self, seen: Seen) -> Iterator[LoggedDelivery]:
        yield from self._first("bytes", self._log.find(sha256=seen.sha256))
        for signature in seen.signatures[:1]:
            yield from self._named("credentials", signature.produce_ids[:1])
        yield from self._named("label", [label.produce_id for label in seen.label.seen[:1]])
        marks = dict.fromkeys(mark.identifier for mark in seen.mark.seen)
        for mark in list(marks)[:_MOST_MARKS]:
            yield from self._first("watermark", self._log.find(mark=mark), mark=mark)

    def _named(
        self, by: LedTo, produce_ids: "list[str] | tuple[str, ...]"
    ) -> Iterator[LoggedDelivery]:
        for produce_id in produce_ids:
            if produce_id and len(produce_id) <= _LONGEST_ID:
                yield from self._first(by, self._log.find(produce_id=produce_id))

    def _first(
        self, by: LedTo, found: tuple[int, ...], *, mark: str = ""
    ) -> Iterator[LoggedDelivery]:
        """The earliest entry: what was delivered again later has the same content."""
        if found:
            entry = self._log.entry(found[0])
            told = self._told_by(entry.manifest_sha256)
            yield LoggedDelivery(
                by=by,
                index=found[0],
                others=len(found) - 1,
                time=entry.time,
                origin=self._log.origin,
                sha256=entry.sha256,
                produce_id=entry.produce_id,
                mark=mark,
                manifest_sha256=entry.manifest_sha256 or "",
                title=told.title,
                issuer=told.issuer,
                media_type=entry.media_type,
            )

    def _told_by(self, digest: str | None) -> StoredManifest:
        if not digest:
            return StoredManifest()
        if digest not in self._told:
            path = self._manifests / f"{digest}.c2pa"
            self._told[digest] = self._read(path) if path.is_file() else StoredManifest()
        return self._told[digest]

    def _rewritten(self, proof: ProofSeen | None) -> str:
        """How a proof that this log signed and the log itself exclude each other."""
        if proof is None or proof.origin != self._log.origin or not proof.root:
            return ""
        if proof.state not in ("proved", "other file"):
            return ""
        size = self._log.head().size
        if proof.size > size:
            return (
                f"the proof beside it is of {proof.size} entries that this log signed, and the "
                f"log here has only {size}: it was cut back or begun anew"
            )
        entry = self._log.entry(proof.index)
        if not _same(entry, proof):
            return (
                f"the proof beside it shows entry {proof.index} of this log to be for other bytes "
                "than the log here says: the log was rewritten"
            )
        return ""


def _same(entry: Entry, proof: ProofSeen) -> bool:
    return (entry.sha256, entry.time) == (proof.sha256, proof.time)
