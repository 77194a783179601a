"""The log: appends entries and publishes checkpoints, with the log's private key.

Order of an append, so that a process may be killed anywhere: the new entries are written down in
one file (`.state/pending`); the tiles that they make are put in place; the new checkpoint takes
the old one's place, and with that the entries are published; the look-up learns of them; the file
goes. Whoever comes next finishes what is pending before anything else, and as what a tile holds
follows from the entries, no file under a public name ever holds two things.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg import faults
from berg.provenance.log.checkpoint import Checkpoint, parse_checkpoint
from berg.provenance.log.edge import Edge
from berg.provenance.log.entry import Entry
from berg.provenance.log.lookup import SHA256
from berg.provenance.log.note import Note, Signature, verifier_of
from berg.provenance.log.reader import CHECKPOINT, COSIGNED, PENDING, LogReader
from berg.provenance.log.tiles import TileFolder, Tiles, pack, prune, unpack

MAX_BATCH = 65_536
"""Entries that are published at once; a longer list is published in several steps."""


SAME_FILE = 1_000
"""Entries of one file that are looked through for the same manifest."""


class Log(LogReader):
    """A transparency log that can be appended to; many processes may do so at once."""

    def __init__(self, folder: Path, *, key: Ed25519PrivateKey, origin: str) -> None:
        """Nothing is read or written yet. Raises NoteError: the origin can't be a key's name."""
        super().__init__(folder, verifier=verifier_of(key, name=origin))
        self._key = key

    def append(self, entries: Sequence[Entry]) -> tuple[int, ...]:
        """Log entries; durable and published when it returns.

        An entry whose file and manifest are in the log already gives that entry's index.

        Raises:
            NoteError: an entry is too large for a leaf. Nothing is logged.
            LogDamagedError: the log's files contradict each other; nothing is signed.
            StoreError: another process has held the log for a minute; OSError: the disk.
        """
        leaves = [entry.leaf() for entry in entries]
        indices: list[int] = []
        for begin in range(0, len(entries), MAX_BATCH):
            some = slice(begin, begin + MAX_BATCH)
            with self._alone():
                indices += self._append(entries[some], leaves[some])
        return tuple(indices)

    def checkpoint(self) -> str:
        """The checkpoint now published, with the cosignatures there are. Raises LogDamagedError.

        The first call on an empty log publishes that it is empty.
        """
        found = self.published()
        if found is None:
            with self._alone():
                found = self.published() or self._publish(self.head())
        return found[1].format()

    def add_cosignatures(self, note: Note, signatures: Sequence[Signature]) -> None:
        """Keep signatures, checked by the caller, over a checkpoint that this log has published.

        They join the published checkpoint if it is still that one, and proofs take them in any
        case until a later checkpoint is cosigned. Raises LogDamagedError, StoreError, OSError.
        """
        with self._alone():
            for name in (CHECKPOINT, COSIGNED):
                there = self.published(name)
                if there and there[1].text == note.text:
                    self._replace(name, _joined(there[1], signatures))
                elif name == COSIGNED and _is_later(note, there):
                    self._replace(name, _joined(note, signatures))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The log, alone, and whole: what another process had begun is finished first."""
        with self._locked():
            self._finish_pending()
            yield

    def _append(self, entries: Sequence[Entry], leaves: Sequence[bytes]) -> list[int]:
        """Publish those that aren't in the log yet; indices of all. The log is ours alone."""
        size = self._fill_lookup()
        index_of: dict[tuple[str, str | None], int] = {}
        wanted: list[bytes] = []
        for entry, leaf in zip(entries, leaves, strict=True):
            if _of(entry) not in index_of:
                known = self._known(entry)
                index_of[_of(entry)] = size + len(wanted) if known is None else known
                wanted += (leaf,) if known is None else ()
        if wanted:
            self._begin(size, wanted)
            self._finish_pending()
        return [index_of[_of(entry)] for entry in entries]

    def _known(self, entry: Entry) -> int | None:
        """Where the same file stands with the same manifest. A file whose manifest lies beside it
        keeps its bytes when it is signed anew, and is an entry anew."""
        found = self._lookup.find(SHA256, bytes.fromhex(entry.sha256), limit=SAME_FILE)
        return next((i for i in found if _of(self.entry(i)) == _of(entry)), None)

    def _begin(self, size: int, leaves: Sequence[bytes]) -> None:
        """Write down what is to be appended to the tree of `size` leaves."""
        files = TileFolder(self.folder)
        files.write(PENDING, size.to_bytes(8, "big") + pack(leaves))
        files.sync()
        faults.point("log.begun")

    def _finish_pending(self) -> None:
        """Publish what was begun, by whomever; does nothing when nothing is pending."""
        try:
            pending = (self.folder / PENDING).read_bytes()
        except FileNotFoundError:
            return
        begin, leaves = int.from_bytes(pending[:8], "big"), list(unpack(pending[8:]))
        tree = self.head()
        if tree.size == begin:
            tree = self._put(tree, leaves)
        elif tree.size != begin + len(leaves):
            raise self._damage(
                f"the log has {tree.size} entries, but {len(leaves)} are pending after {begin};"
                " was the folder put together from two copies? Restore one"
            )
        self._learn(begin, leaves, tree)
        prune(self.folder, begin, tree.size)
        os.unlink(self.folder / PENDING)  # not synced: should it come back, all this is done again
        faults.point("log.done")

    def _put(self, old: Checkpoint, leaves: Sequence[bytes]) -> Checkpoint:
        """Put tiles in place and publish. Raises LogDamagedError rather than sign over damage."""
        edge, files = Edge(Tiles(self.folder, old.size)), TileFolder(self.folder)
        if edge.root() != old.root:
            raise self._damage(
                "the log's tiles do not lead to its checkpoint, so nothing was signed:"
                " see `berg log verify`"
            )
        for name, data in edge.add(leaves):
            files.write(name, data)
            faults.point("log.tile")
        files.sync()
        faults.point("log.tiles")
        return self._publish(Checkpoint(origin=self.origin, size=edge.size, root=edge.root()))[0]

    def _publish(self, checkpoint: Checkpoint) -> tuple[Checkpoint, Note]:
        note = checkpoint.sign(self._key)
        self._replace(CHECKPOINT, note)
        faults.point("log.published")
        return checkpoint, note

    def _replace(self, name: str, note: Note) -> None:
        files = TileFolder(self.folder)
        files.write(name, note.format().encode())
        files.sync()

    def _learn(self, begin: int, leaves: Sequence[bytes], tree: Checkpoint) -> None:
        """Tell the look-up of what was published; if it lags behind, it catches up later."""
        if self._lookup.head()[0] == begin:
            self._lookup.add(begin, leaves, size=tree.size, root=tree.root)
        faults.point("log.learnt")


def _is_later(note: Note, there: tuple[Checkpoint, Note] | None) -> bool:
    return there is None or parse_checkpoint(note.text).size > there[0].size


def _joined(note: Note, signatures: Sequence[Signature]) -> Note:
    """A note with further signatures; a later one of the same key takes the earlier's place."""
    kept = {(found.name, found.key_id): found for found in (*note.signatures, *signatures)}
    return Note(text=note.text, signatures=tuple(kept.values()))


def _of(entry: Entry) -> tuple[str, str | None]:
    """What makes an entry the same as another."""
    return entry.sha256, entry.manifest_sha256
