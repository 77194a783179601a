"""A log as anyone may read it: checkpoint, entries, proofs, look-up. It needs no private key.

It trusts no file: a checkpoint is taken only with the log's signature, and what a proof says is
checked by whoever gets it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from berg.errors import RequestError
from berg.provenance.log.checkpoint import Checkpoint, open_checkpoint
from berg.provenance.log.entry import Entry, parse_entry
from berg.provenance.log.errors import LogDamagedError, NoteError
from berg.provenance.log.lookup import MARK, PRODUCE_ID, SHA256, LookUp
from berg.provenance.log.note import MAX_NOTE_BYTES, Note, VerifierKey
from berg.provenance.log.proof import Proof
from berg.provenance.log.tiles import WIDTH, Tiles
from berg.provenance.log.tree import EMPTY_ROOT, consistency_path, inclusion_path
from berg.store.locks import wait_alone

FIND_LIMIT = 1_000
"""Most entries that one search gives."""
LOCK_WAIT_S = 60.0
"""How long one waits for another process's append; one takes milliseconds."""
CHECKPOINT = "checkpoint"
"""The published checkpoint, with the cosignatures there are."""
COSIGNED = "cosigned"
"""The latest checkpoint that a witness has cosigned; often the same."""
STATE = ".state"
"""Folder of what is the log's own business: lock, look-up, what is pending."""
PENDING = f"{STATE}/pending"


class LogReader:
    """A transparency log in one folder; many processes may use it at once."""

    def __init__(self, folder: Path, *, verifier: VerifierKey) -> None:
        """Nothing is read yet."""
        self.folder = folder
        self.verifier = verifier
        self._lookup = LookUp(folder / STATE / "lookup.sqlite")

    @property
    def origin(self) -> str:
        """The log's name."""
        return self.verifier.name

    def vkey(self) -> str:
        """The log's public key, `origin+id+base64`, for those who check proofs."""
        return self.verifier.vkey()

    def close(self) -> None:
        """Close the look-up's file; the next question opens it again."""
        self._lookup.close()

    def head(self) -> Checkpoint:
        """What the published checkpoint says; of an empty tree if there is none yet.

        Raises:
            LogDamagedError: it is not this log's, or it is gone while tiles are there.
        """
        published = self.published()
        if published:
            return published[0]
        return Checkpoint(origin=self.origin, size=0, root=EMPTY_ROOT)

    def published(self, name: str = CHECKPOINT) -> tuple[Checkpoint, Note] | None:
        """A checkpoint of this log's folder and its note; None before the first."""
        text = self._text(name)
        if text is None:
            self._require_new()
            return None
        try:
            return open_checkpoint(text, self.verifier)
        except NoteError as error:
            raise self._damage(
                f"the log's {name}: {error.message}; was another key or folder put in its place?"
            ) from error

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
            RequestError: a digest or mark is not hexadecimal.
            LogDamagedError: the log's files contradict each other.
        """
        asked = list(_asked(sha256, mark, produce_id))
        if not asked or not self._catch_up():
            return ()
        found = [self._lookup.find(kind, value, limit=FIND_LIMIT) for kind, value in asked]
        return tuple(sorted(set(found[0]).intersection(*found[1:])))

    def _damage(self, message: str) -> LogDamagedError:
        return LogDamagedError(message, where=str(self.folder))

    def _text(self, name: str) -> str | None:
        try:
            with (self.folder / name).open("rb") as file:
                return file.read(MAX_NOTE_BYTES + 1).decode()
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise self._damage(f"the log's {name} is not UTF-8; restore it from a copy") from None

    def _require_new(self) -> None:
        """A log without a checkpoint has no tiles, or it would begin a second history."""
        there = (self.folder / "tile").is_dir() and not (self.folder / PENDING).exists()
        if there and not (self.folder / CHECKPOINT).exists():
            raise self._damage(
                "the log has tiles but no checkpoint; restore the file `checkpoint` from a copy:"
                " without it a second history would begin"
            )

    def _require(self, index: int, size: int) -> None:
        if not 0 <= index < size:
            raise RequestError(f"the log has no entry {index}; it has {size}, counted from 0")

    def _best_for(self, index: int) -> tuple[Checkpoint, Note]:
        """The checkpoint over an entry with most cosignatures; the latest among equals."""
        newest = self.published()
        self._require(index, newest[0].size if newest else 0)
        assert newest is not None
        cosigned = self.published(COSIGNED)
        if cosigned and index < cosigned[0].size <= newest[0].size:
            return max(newest, cosigned, key=lambda found: len(found[1].signatures))
        return newest

    @contextmanager
    def _locked(self) -> Iterator[None]:
        (self.folder / STATE).mkdir(parents=True, exist_ok=True)
        with wait_alone(self.folder / STATE / "lock", wait_s=LOCK_WAIT_S):
            yield

    def _catch_up(self) -> int:
        """Have the look-up hold all that is published; returns how many entries that is."""
        head = self.head()
        if head.size and self._lookup.head() != (head.size, head.root):
            with self._locked():
                return self._fill_lookup()
        return head.size

    def _fill_lookup(self) -> int:
        head = self.head()
        size, root = self._lookup.head()
        tiles = Tiles(self.folder, head.size)
        if size == head.size and root == head.root:
            return size
        if size > head.size or (size and tiles.root(size) != root):
            self._lookup.begin_anew()
            size = 0
        for bundle in range(size // WIDTH, -(-head.size // WIDTH)):
            leaves = tiles.bundle(bundle)
            end = bundle * WIDTH + len(leaves)
            if end > size:
                self._lookup.add(bundle * WIDTH, leaves, size=end, root=tiles.root(end))
        return head.size


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
