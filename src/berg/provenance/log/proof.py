"""A proof that an entry is in a log: C2SP `tlog-proof@v1`, written, read and checked offline.

A check needs the text, the log's key and the witnesses' keys, nothing else: no log, no network.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from berg.provenance.log.checkpoint import (
    HASH_BYTES,
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    parse_decimal,
)
from berg.provenance.log.entry import MAX_LEAF_BYTES, Entry, parse_entry
from berg.provenance.log.errors import NoteError
from berg.provenance.log.note import (
    MAX_NOTE_BYTES,
    decode64,
    encode64,
    parse_note,
    parse_vkey,
)
from berg.provenance.log.tree import leaf_hash, root_of_inclusion

HEAD = "c2sp.org/tlog-proof@v1"
MAX_PATH = 63
"""Most hashes of a path that are read: enough for any tree."""
MAX_PROOF_BYTES = MAX_NOTE_BYTES + 2 * MAX_LEAF_BYTES
"""Largest proof that is read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """A proof's parts, not checked."""

    index: int
    """Number of the leaf, from 0."""
    path: tuple[bytes, ...]
    """From the leaf's sibling up."""
    note: str
    """The checkpoint, signed, as it came."""
    extra: bytes | None = None
    """Here: the leaf itself, so that a proof can be checked with nothing beside it."""

    def format(self) -> str:
        """The text of a `.tlog-proof` file."""
        extra = () if self.extra is None else (f"extra {encode64(self.extra)}",)
        lines = (HEAD, *extra, f"index {self.index}", *map(encode64, self.path))
        return "\n".join(lines) + "\n\n" + self.note


@dataclass(frozen=True, kw_only=True, slots=True)
class Witnessed:
    """A witness's cosignature that held."""

    name: str
    """The witness."""
    time: int
    """POSIX seconds, by the witness's clock."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofResult:
    """What a proof came to."""

    included: bool
    """Whether the log, by its signature, vouches for the leaf at this index."""
    index: int = 0
    """Place of the leaf, from 0; as the proof says when not included."""
    size: int = 0
    """Leaves under the checkpoint."""
    origin: str = ""
    """The log, as the checkpoint names it; to be trusted only when included."""
    root: bytes = b""
    """Root that the checkpoint states."""
    witnesses: tuple[Witnessed, ...] = ()
    """Cosignatures by known witnesses that hold, by name."""
    problem: str | None = None
    """Why it is not included, in words."""


def parse_proof(text: str) -> Proof:
    """A proof from its text. Raises NoteError: too large or not of the form."""
    if len(text) > MAX_PROOF_BYTES:
        raise NoteError(f"a proof of more than {MAX_PROOF_BYTES} characters is not read")
    top, gap, note = text.partition("\n\n")
    head, *lines = top.split("\n")
    if head != HEAD or not gap or not lines:
        raise NoteError(f"not a proof: it begins with {HEAD!r}, an index, a path and an empty line")
    extra = _extra(lines.pop(0)) if lines[0].startswith("extra ") else None
    if not lines or not lines[0].startswith("index "):
        raise NoteError("the proof names no index")
    index = parse_decimal(lines[0].removeprefix("index "), what="an index")
    return Proof(index=index, path=parse_path(lines[1:]), note=note, extra=extra)


def parse_path(lines: Sequence[str]) -> tuple[bytes, ...]:
    """Hashes, one per line. Raises NoteError: more than 63, or not SHA-256 in base64."""
    if len(lines) > MAX_PATH:
        raise NoteError(f"a path has {MAX_PATH} hashes at most, this one {len(lines)}")
    hashes = [decode64(line, at_most=64) for line in lines]
    good = tuple(found for found in hashes if found is not None and len(found) == HASH_BYTES)
    if len(good) != len(lines):
        raise NoteError("a line of the path is not a SHA-256 in base64")
    return good


def _extra(line: str) -> bytes:
    data = decode64(line.removeprefix("extra "), at_most=2 * MAX_LEAF_BYTES)
    if data is None:
        raise NoteError("the proof's extra data is not base64")
    return data


def entry_in(text: str) -> Entry:
    """The entry that a proof carries; to be trusted only if the proof holds. Raises NoteError."""
    extra = parse_proof(text).extra
    if extra is None:
        raise NoteError("the proof carries no entry")
    return parse_entry(extra)


def check_proof(
    text: str,
    leaf: bytes | Entry | None = None,
    *,
    log_key: str,
    witness_keys: Sequence[str] = (),
) -> ProofResult:
    """Check a proof offline; any text gets an answer.

    Args:
        text: the proof.
        leaf: the entry or its bytes; None takes those that the proof carries.
        log_key: the log's vkey (`name+id+base64`), which also names the origin.
        witness_keys: vkeys of the witnesses that are known; others are passed over.

    Raises:
        NoteError: one of the keys is not a key.
    """
    log, known = parse_vkey(log_key), [parse_vkey(key) for key in witness_keys]
    told = ProofResult(included=False)
    try:
        proof = parse_proof(text)
        told = told_of(proof)
        checkpoint, note = open_checkpoint(proof.note, log)
        _require_inclusion(proof, checkpoint, _leaf_bytes(leaf, proof))
        times = [(witness.name, note.times(witness)) for witness in known]
    except NoteError as error:
        return _with_problem(told, error.message)
    seen = sorted({(name, max(found)) for name, found in times if found})
    return ProofResult(
        included=True,
        index=proof.index,
        size=checkpoint.size,
        origin=checkpoint.origin,
        root=checkpoint.root,
        witnesses=tuple(Witnessed(name=name, time=time) for name, time in seen),
    )


def told_of(proof: Proof) -> ProofResult:
    """What a proof says of itself, unchecked. Raises NoteError: no checkpoint is in it."""
    checkpoint = parse_checkpoint(parse_note(proof.note).text)
    return ProofResult(
        included=False,
        index=proof.index,
        size=checkpoint.size,
        origin=checkpoint.origin,
        root=checkpoint.root,
    )


def _with_problem(told: ProofResult, problem: str) -> ProofResult:
    return ProofResult(
        included=False,
        index=told.index,
        size=told.size,
        origin=told.origin,
        root=told.root,
        problem=problem,
    )


def _leaf_bytes(leaf: bytes | Entry | None, proof: Proof) -> bytes:
    if isinstance(leaf, Entry):
        return leaf.leaf()
    found = proof.extra if leaf is None else leaf
    if found is None:
        raise NoteError("the proof carries no entry, and none was given to check")
    return found


def _require_inclusion(proof: Proof, checkpoint: Checkpoint, leaf: bytes) -> None:
    root = root_of_inclusion(leaf_hash(leaf), proof.index, checkpoint.size, proof.path)
    if root != checkpoint.root:
        raise NoteError(
            f"the entry is not at index {proof.index} of the log's {checkpoint.size}:"
            " the path does not lead to the signed root"
        )
