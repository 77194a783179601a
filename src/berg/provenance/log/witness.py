"""A witness: cosigns a log's checkpoint only if it continues the last one it saw (C2SP
`tlog-witness`). What it saw is on the disk before it answers. No HTTP here.

A log that was rewritten, or that shows two histories, can't prove one from the other and gets no
cosignature.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from berg import faults
from berg.errors import StoreError
from berg.provenance.log.checkpoint import Checkpoint, parse_checkpoint, parse_decimal
from berg.provenance.log.errors import NoteError
from berg.provenance.log.note import (
    MAX_NOTE_BYTES,
    WITNESS_KIND,
    Note,
    VerifierKey,
    cosign,
    encode64,
    parse_note,
    verifier_of,
)
from berg.provenance.log.proof import MAX_PATH, parse_path
from berg.provenance.log.tiles import TileFolder
from berg.provenance.log.tree import EMPTY_ROOT, consistent
from berg.store.locks import wait_alone

MAX_REQUEST_BYTES = MAX_NOTE_BYTES
"""Largest request that is read."""
SIZE_TYPE = "text/x.tlog.size"
"""Content type of the answer that says which size was seen last."""
LOCK_WAIT_S = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """An answer, as HTTP will carry it."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class CosignRequest:
    """What a log asks: cosign this, which continues the tree of `old` leaves."""

    old: int
    path: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    def format(self) -> str:
        """The body of `add-checkpoint`."""
        lines = (f"old {self.old}", *map(encode64, self.path))
        return "\n".join(lines) + "\n\n" + self.note.format()


def parse_request(body: bytes) -> CosignRequest:
    """A request from its body. Raises NoteError: too large or not of the form."""
    if len(body) > MAX_REQUEST_BYTES:
        raise NoteError(f"a request of more than {MAX_REQUEST_BYTES} bytes is not read")
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise NoteError("the request is not UTF-8") from None
    top, gap, rest = text.partition("\n\n")
    first, *lines = top.split("\n")
    if not gap or not first.startswith("old ") or len(lines) > MAX_PATH:
        raise NoteError(f"a request is: old SIZE, at most {MAX_PATH} hashes, a gap, a checkpoint")
    note = parse_note(rest)
    return CosignRequest(
        old=parse_decimal(first.removeprefix("old "), what="a tree's size"),
        path=parse_path(lines),
        note=note,
        checkpoint=parse_checkpoint(note.text),
    )


class Witness:
    """Remembers the last checkpoint of each log it knows, in a folder, and cosigns the next."""

    def __init__(
        self,
        folder: Path,
        *,
        key: Ed25519PrivateKey,
        name: str,
        logs: Sequence[VerifierKey],
        now: Callable[[], float] = time.time,
    ) -> None:
        """Nothing is read yet.

        Args:
            folder: its memory; whoever loses it can be shown a rewritten log.
            key: used for nothing else: what a witness signs does not name it.
            name: as cosignatures say it.
            logs: keys it knows, one or more for an origin; others get 404.
            now: the clock, POSIX seconds.
        """
        self.verifier = verifier_of(key, name=name, kind=WITNESS_KIND)
        self.logs = tuple(logs)
        self._folder = folder
        self._key = key
        self._now = now

    def add_checkpoint(self, body: bytes) -> Reply:
        """Answer one request; any bytes get an answer. Raises StoreError, OSError: the disk."""
        try:
            request = parse_request(body)
        except NoteError as error:
            return _no(400, error.message)
        refusal = self._refusal(request)
        if refusal:
            return refusal
        with self._alone(request.checkpoint.origin):
            return self._continue(request)

    def last(self, origin: str) -> Checkpoint | None:
        """The last checkpoint cosigned for a log. Raises StoreError: what is there is damaged."""
        path = self._folder / _file(origin)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        try:
            checkpoint = parse_checkpoint(parse_note(text).text)
        except (NoteError, UnicodeDecodeError):
            checkpoint = None
        if checkpoint is None or checkpoint.origin != origin:
            raise StoreError(f"{path} is damaged; restore it from a copy", where=str(path))
        return checkpoint

    def _refusal(self, request: CosignRequest) -> Reply | None:
        """Why a request is refused whatever was seen before, or None."""
        known = [log for log in self.logs if log.name == request.checkpoint.origin]
        if not known:
            return _no(404, "this witness does not know that log")
        try:
            signed = any(request.note.times(log) for log in known)
        except NoteError as error:
            return _no(403, error.message)
        if not signed:
            return _no(403, "the checkpoint is not signed with a key that is known for that log")
        if request.old > request.checkpoint.size:
            return _no(400, "the old size is larger than the checkpoint's")
        return None

    def _continue(self, request: CosignRequest) -> Reply:
        """Compare with what was seen, remember, cosign: alone for this log."""
        asked = request.checkpoint
        last = self.last(asked.origin)
        seen = (last.size, last.root) if last else (0, EMPTY_ROOT)
        forked = last is not None and asked.size == seen[0] and asked.root != seen[1]
        if request.old != seen[0] or (forked and request.old == asked.size):
            return Reply(status=409, body=f"{seen[0]}\n", content_type=SIZE_TYPE)
        if not consistent(*seen, asked.size, asked.root, request.path):
            return _no(422, "the checkpoint does not continue the one seen before")
        if last != asked:
            self._remember(request)
        line = cosign(request.note.text, self._key, name=self.verifier.name, time=int(self._now()))
        return Reply(status=200, body=line.line())

    def _remember(self, request: CosignRequest) -> None:
        faults.point("witness.checked")
        files = TileFolder(self._folder)
        files.write(_file(request.checkpoint.origin), request.note.format().encode())
        files.sync()
        faults.point("witness.remembered")

    @contextmanager
    def _alone(self, origin: str) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = self._folder / (_file(origin) + ".lock")
        with wait_alone(lock, wait_s=LOCK_WAIT_S):
            yield


def _file(origin: str) -> str:
    return hashlib.sha256(origin.encode()).hexdigest()


def _no(status: int, why: str) -> Reply:
    return Reply(status=status, body=f"{why}\n")
