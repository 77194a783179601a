"""The log: appends entries, publishes checkpoints, gives proofs.

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
from berg.errors import RequestError
from berg.provenance.log.checkpoint import Checkpoint, open_checkpoint
from berg.provenance.log.edge import Edge
from berg.provenance.log.entry import Entry, parse_entry
from berg.provenance.log.errors import LogDamagedError, NoteError
from berg.provenance.log.lookup import MARK, PRODUCE_ID, SHA256, LookUp
from berg.provenance.log.note import Note, verifier_of
from berg.provenance.log.proof import Proof
from berg.provenance.log.pruning import prune
from berg.provenance.log.tiles import WIDTH, Files, Tiles, pack, sync_dir, unpack
from berg.provenance.log.tree import EMPTY_ROOT, consistency_path, inclusion_path
from berg.store.locks import wait_alone

MAX_BATCH = 65_536
"""Entries that are published at once; a longer list is published in several steps."""
FIND_LIMIT = 1_000
"""Most entries that one search gives."""
LOCK_WAIT_S = 60.0
"""How long an append waits for another process's; one takes milliseconds."""
CHECKPOINT, COSIGNED, STATE, PENDING = "checkpoint", "cosigned", ".state", ".state/pending"


class Log:
    """A transparency log in one folder; many processes may use it at once."""

    def __init__(self, folder: Path, *, key: Ed25519PrivateKey, origin: str) -> None:
        """Nothing is read or written yet. Raises NoteError: the origin can't be a key's name."""
        self.folder = folder
        self.origin = origin
        self._key = key
        self._verifier = verifier_of(key, name=origin)
        self._lookup = LookUp(folder / STATE / "lookup.sqlite")

    def vkey(self) -> str:
        """The log's public key, `origin+id+base64`, for those who check proofs."""
        return self._verifier.vkey()

    def append(self, entries: Sequence[Entry]) -> tuple[int, ...]:
        """Log entries; durable and published when it returns.

        An entry whose `sha256` is in the log already gives that entry's index.

        Raises:
            NoteError: an entry is too large for a leaf. Nothing is logged.
            LogDamagedError: the log's files contradict each other.
            StoreError: another process has held the log for a minute; OSError: the disk.
        """
        for entry in entries:
            entry.leaf()
        indices: list[int] = []
        for begin in range(0, len(entries), MAX_BATCH):
            with self._alone():
                indices += self._append(entries[begin : begin + MAX_BATCH])
        return tuple(indices)

    def checkpoint(self) -> str:
        """The checkpoint now published, with the cosignatures there are. Raises LogDamagedError."""
        note = self._published()
        if note is None:
            with self._alone():
                note = self._published() or self._publish(_empty(self.origin))
        return note[1].format()

    def head(self) -> Checkpoint:
        """What the published checkpoint says. Raises LogDamagedError."""
        published = self._published()
        return published[0] if published else _empty(self.origin)

    def proof(self, index: int) -> str:
        """A `.tlog-proof` text for an entry, which it carries: see `check_proof`.

        Raises:
            RequestError: no such entry.
            LogDamagedError: the log's files contradict each other.
        """
        checkpoint, note = self._best_for(index)
        tiles = Tiles(self.folder, checkpoint.size)
        path = tuple(inclusion_path(index, checkpoint.size, tiles.subtree))
        leaf = tiles.bundle(index // WIDTH)[index % WIDTH]
        return Proof(index=index, path=path, note=note.format(), extra=leaf).format()

    def consistency(self, old: int, size: int) -> tuple[bytes, ...]:
        """Proof that the tree of `size` begins with that of `old`. Raises LogDamagedError."""
        return tuple(consistency_path(old, size, Tiles(self.folder, size).subtree))

    def entry(self, index: int) -> Entry:
        """An entry by its index. Raises RequestError: none there; LogDamagedError."""
        size = self.head().size
        self._require(index, size)
        return parse_entry(Tiles(self.folder, size).bundle(index // WIDTH)[index % WIDTH])

    def find(
        self, *, sha256: str | None = None, mark: str | None = None, produce_id: str | None = None
    ) -> tuple[int, ...]:
        """Indices of entries that have all that is asked for, ascending; 1,000 at most.

        Raises:
            LogDamagedError: the log's files contradict each other.
        """
        asked = list(_asked(sha256, mark, produce_id))
        if not asked or not self._catch_up():
            return ()
        found = [self._lookup.find(kind, value, limit=FIND_LIMIT) for kind, value in asked]
        both = set(found[0]).intersection(*found[1:])
        return tuple(sorted(both))

    def _require(self, index: int, size: int) -> None:
        if not 0 <= index < size:
            raise RequestError(f"the log has no entry {index}; it has {size}, counted from 0")

    # -- appending

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The log, alone, and whole: what another process had begun is finished first."""
        (self.folder / STATE).mkdir(parents=True, exist_ok=True)
        with wait_alone(self.folder / STATE / "lock", wait_s=LOCK_WAIT_S):
            self._finish_pending()
            yield

    def _append(self, entries: Sequence[Entry]) -> list[int]:
        size = self._fill_lookup()
        fresh: dict[str, int] = {}
        indices: list[int] = []
        wanted: list[Entry] = []
        for entry in entries:
            index = fresh.get(entry.sha256)
            if index is None:
                known = self._lookup.find(SHA256, bytes.fromhex(entry.sha256), limit=1)
                index = fresh[entry.sha256] = known[0] if known else size + len(wanted)
                if not known:
                    wanted.append(entry)
            indices.append(index)
        if wanted:
            self._begin(size, [entry.leaf() for entry in wanted])
            self._finish_pending()
        return indices

    def _begin(self, size: int, leaves: Sequence[bytes]) -> None:
        """Write down what is to be appended to the tree of `size` leaves."""
        files = Files(self.folder)
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
        old = self.head()
        if old.size == begin:
            old = self._put(old, leaves)
        elif old.size != begin + len(leaves):
            raise LogDamagedError(
                f"the log has {old.size} entries, but {len(leaves)} are pending after {begin};"
                " was the folder put together from two copies? Restore one",
                where=str(self.folder),
            )
        self._learn(begin, leaves, old)
        prune(self.folder, begin, old.size)
        os.unlink(self.folder / PENDING)
        sync_dir(self.folder / STATE)
        faults.point("log.done")

    def _put(self, old: Checkpoint, leaves: Sequence[bytes]) -> Checkpoint:
        """Put tiles in place and publish. Raises LogDamagedError rather than sign over damage."""
        edge, files = Edge(Tiles(self.folder, old.size)), Files(self.folder)
        if edge.root() != old.root:
            raise LogDamagedError(
                "the log's tiles do not lead to its checkpoint; nothing was signed:"
                " see `berg log verify`",
                where=str(self.folder),
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
        files = Files(self.folder)
        files.write(name, note.format().encode())
        files.sync()

    # -- reading

    def _published(self, name: str = CHECKPOINT) -> tuple[Checkpoint, Note] | None:
        try:
            text = (self.folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            self._require_new()
            return None
        except UnicodeDecodeError:
            raise LogDamagedError(f"{name} is not UTF-8", where=str(self.folder)) from None
        try:
            return open_checkpoint(text, self._verifier)
        except NoteError as error:
            raise LogDamagedError(
                f"the log's {name}: {error.message}; was another key or folder put in its place?",
                where=str(self.folder),
            ) from error

    def _require_new(self) -> None:
        """A log without a checkpoint has no tiles, or it would begin a second history."""
        there = (self.folder / "tile").is_dir() and not (self.folder / PENDING).exists()
        if there and not (self.folder / CHECKPOINT).exists():
            raise LogDamagedError(
                "the log has tiles but no checkpoint; restore the file `checkpoint` from a copy:"
                " without it a second history would begin",
                where=str(self.folder),
            )

    def _best_for(self, index: int) -> tuple[Checkpoint, Note]:
        """The checkpoint over an entry with most cosignatures; the latest among equals."""
        newest = self._published()
        self._require(index, newest[0].size if newest else 0)
        assert newest is not None
        cosigned = self._published(COSIGNED)
        if cosigned and index < cosigned[0].size:
            return max(newest, cosigned, key=lambda found: len(found[1].signatures))
        return newest

    def _catch_up(self) -> int:
        """Have the look-up hold all that is published; returns how many entries that is."""
        head = self.head()
        if self._lookup.head() == (head.size, head.root):
            return head.size
        with self._alone():
            return self._fill_lookup()

    def _fill_lookup(self) -> int:
        head = self.head()
        size, root = self._lookup.head()
        tiles = Tiles(self.folder, head.size)
        if size > head.size or (size and tiles.root(size) != root):
            self._lookup.begin_anew()
            size = 0
        for bundle in range(size // WIDTH, -(-head.size // WIDTH)):
            leaves = tiles.bundle(bundle)
            end = bundle * WIDTH + len(leaves)
            tree = Checkpoint(origin=self.origin, size=end, root=tiles.root(end))
            self._learn(bundle * WIDTH, leaves, tree)
        return head.size

    def _learn(self, begin: int, leaves: Sequence[bytes], tree: Checkpoint) -> None:
        entries = [parse_entry(leaf) for leaf in leaves]
        self._lookup.add(begin, entries, size=tree.size, root=tree.root)
        faults.point("log.learnt")


def _empty(origin: str) -> Checkpoint:
    return Checkpoint(origin=origin, size=0, root=EMPTY_ROOT)


def _asked(
    sha256: str | None, mark: str | None, produce_id: str | None
) -> Iterator[tuple[int, bytes]]:
    for kind, value in ((SHA256, sha256), (MARK, mark)):
        if value is not None:
            try:
                yield kind, bytes.fromhex(value)
            except ValueError:
                raise RequestError(f"{value[:80]!r} is not hexadecimal") from None
    if produce_id is not None:
        yield PRODUCE_ID, produce_id.encode("utf-8", "surrogatepass")
