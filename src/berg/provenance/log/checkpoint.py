"""A checkpoint: what a log says its tree is (C2SP `tlog-checkpoint`), as the text of a note."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg.provenance.log.errors import NoteError
from berg.provenance.log.note import Note, VerifierKey, decode64, encode64, parse_note, sign
from berg.provenance.log.tree import MAX_SIZE

HASH_BYTES = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A tree's size and root, as a log of some origin states it."""

    origin: str
    """Which log."""
    size: int
    """How many leaves."""
    root: bytes
    """32 bytes: RFC 6962's Merkle tree hash of them."""
    extensions: tuple[str, ...] = ()
    """Further lines that a foreign log may have; we write none."""

    def text(self) -> str:
        """The lines that are signed."""
        lines = (self.origin, str(self.size), encode64(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    def sign(self, key: Ed25519PrivateKey) -> Note:
        """A note of it with the log's signature."""
        text = self.text()
        return Note(text=text, signatures=(sign(text, key, name=self.origin),))


def parse_decimal(text: str, *, what: str) -> int:
    """A decimal without leading zeroes, up to 2^63 - 1. Raises NoteError."""
    fits = text.isascii() and text.isdecimal() and len(text) <= 19 and str(int(text)) == text
    if not fits or int(text) > MAX_SIZE:
        raise NoteError(f"{text[:40]!r} is not {what}: a decimal without leading zeroes")
    return int(text)


def parse_checkpoint(text: str) -> Checkpoint:
    """A checkpoint from a note's text. Raises NoteError: not of the form."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteError("a checkpoint has three lines: origin, size, root hash")
    origin, size, coded, *extensions = lines[:-1]
    root = decode64(coded, at_most=64)
    if root is None or len(root) != HASH_BYTES:
        raise NoteError(f"{coded[:60]!r} is not the base64 of a SHA-256")
    return Checkpoint(
        origin=origin,
        size=parse_decimal(size, what="a tree's size"),
        root=root,
        extensions=tuple(extensions),
    )


def open_checkpoint(text: str, verifier: VerifierKey) -> tuple[Checkpoint, Note]:
    """A checkpoint that this log signed. Raises NoteError: it didn't, or it is no checkpoint."""
    note = parse_note(text)
    checkpoint = parse_checkpoint(note.text)
    if checkpoint.origin != verifier.name:
        raise NoteError(f"a checkpoint of {checkpoint.origin[:80]!r}, not of {verifier.name!r}")
    if not note.times(verifier):
        raise NoteError(f"the checkpoint is not signed with the key of {verifier.name!r}")
    return checkpoint, note
