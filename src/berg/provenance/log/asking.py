"""Asking witnesses to cosign: the log's side of C2SP `tlog-witness`. Best effort, in bounded time.

No delivery waits for it longer than it is told to, and none fails for it: what a witness did not
sign is simply not in the proof.
"""

import http.client
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from berg.errors import BergError, RequestError
from berg.provenance.log._log import Log
from berg.provenance.log.checkpoint import Checkpoint, parse_decimal
from berg.provenance.log.errors import NoteError
from berg.provenance.log.note import (
    WITNESS_KIND,
    Note,
    Signature,
    VerifierKey,
    parse_signatures,
    parse_vkey,
)
from berg.provenance.log.reader import COSIGNED
from berg.provenance.log.witness import CosignRequest

VARIABLE = "BERG_WITNESSES"
"""Environment variable with witnesses, `URL VKEY` each, separated by commas; before the file."""
FILE = "witnesses"
"""File in the log's folder: `URL VKEY`, one witness per line."""
MAX_WITNESSES = 16
MAX_FILE_BYTES = 64 * 1024
MAX_REPLY_BYTES = 64 * 1024
TIMEOUT_S = 5.0
"""How long all witnesses together may take; longer, and a delivery goes without them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WitnessAddress:
    """A witness that a log asks."""

    url: str
    """Submission prefix: `add-checkpoint` is appended."""
    verifier: VerifierKey
    """Its key: other signatures are passed over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WitnessAnswer:
    """What one witness answered."""

    url: str
    name: str
    signatures: tuple[Signature, ...] = ()
    problem: str | None = None
    """Why it did not cosign, in words."""


def parse_site(line: str) -> WitnessAddress:
    """A witness from `URL VKEY`. Raises RequestError, NoteError: not one."""
    url, _, key = line.strip().partition(" ")
    if not _is_address(url):
        raise RequestError(f"{url[:80]!r} is not a witness's address: http(s)://HOST[:PORT][/PATH]")
    verifier = parse_vkey(key)
    if verifier.kind != WITNESS_KIND:
        raise NoteError(f"the key {verifier.name!r} is a log's, not a witness's")
    return WitnessAddress(url=url.rstrip("/"), verifier=verifier)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def witnesses_of(folder: Path) -> tuple[WitnessAddress, ...]:
    """Witnesses that a log is to ask: of the environment, else of its folder's file.

    Raises:
        RequestError, NoteError: a line is not `URL VKEY`, or there are more than 16.
    """
    lines = [line for line in _lines(folder) if line.strip() and not line.startswith("#")]
    if len(lines) > MAX_WITNESSES:
        raise RequestError(f"{MAX_WITNESSES} witnesses at most; {len(lines)} are named")
    return tuple(parse_site(line) for line in lines)


def _lines(folder: Path) -> list[str]:
    named = os.environ.get(VARIABLE)
    if named is not None:
        return named.split(",")
    try:
        with (folder / FILE).open("rb") as file:
            return file.read(MAX_FILE_BYTES).decode("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []


def ask_witnesses(
    log: Log, sites: Sequence[WitnessAddress] | None = None, *, timeout_s: float = TIMEOUT_S
) -> tuple[WitnessAnswer, ...]:
    """Have the published checkpoint cosigned, and keep what holds.

    Witnesses are asked side by side. What one doesn't give in time is left out.

    Raises:
        BergError: the list of witnesses or the log itself is not in order; never for a witness.
    """
    sites = witnesses_of(log.folder) if sites is None else sites
    published = log.published()
    if not sites or published is None:
        return ()
    guess = log.published(COSIGNED)
    answers = _all(log, sites, published, old=guess[0].size if guess else 0, timeout_s=timeout_s)
    signatures = [signature for answer in answers for signature in answer.signatures]
    if signatures:
        log.add_cosignatures(published[1], signatures)
    return answers


def _all(
    log: Log,
    sites: Sequence[WitnessAddress],
    published: tuple[Checkpoint, Note],
    *,
    old: int,
    timeout_s: float,
) -> tuple[WitnessAnswer, ...]:
    answers: dict[WitnessAddress, WitnessAnswer] = {}

    def ask(site: WitnessAddress) -> None:
        answers[site] = _ask(log, site, published, old=old, timeout_s=timeout_s)

    threads = [threading.Thread(target=ask, args=(site,), daemon=True) for site in sites]
    for thread in threads:
        thread.start()
    until = time.monotonic() + timeout_s
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    late = f"no answer within {timeout_s:g} s"
    return tuple(answers.get(site) or _failed(site, late) for site in sites)


def _failed(site: WitnessAddress, problem: str) -> WitnessAnswer:
    return WitnessAnswer(url=site.url, name=site.verifier.name, problem=problem)


def _ask(
    log: Log,
    site: WitnessAddress,
    published: tuple[Checkpoint, Note],
    *,
    old: int,
    timeout_s: float,
) -> WitnessAnswer:
    """Ask one witness, once more if it saw another size than was thought."""
    checkpoint, note = published
    try:
        for _ in range(2):
            if old > checkpoint.size:
                return _failed(site, f"it has seen {old} entries; the log has {checkpoint.size}")
            path = log.consistency(old, checkpoint.size)
            request = CosignRequest(old=old, path=path, note=note, checkpoint=checkpoint)
            status, body = _post(site.url, request.format().encode(), timeout_s=timeout_s)
            if status != HTTPStatus.CONFLICT:
                break
            old = parse_decimal(body.strip(), what="a tree's size")
        return _checked(site, note, status, body)
    except (BergError, OSError, http.client.HTTPException, ValueError) as error:
        return _failed(site, f"{type(error).__name__}: {error}"[:300])


def _checked(site: WitnessAddress, note: Note, status: int, body: str) -> WitnessAnswer:
    """The answer's signatures that are this witness's and hold."""
    if status != HTTPStatus.OK:
        return _failed(site, f"it refused: {status} {body.strip()[:200]}")
    good = tuple(
        signature
        for signature in parse_signatures(body)
        if site.verifier.is_of(signature) and site.verifier.time_of(note.text, signature)
    )
    if not good:
        return _failed(site, "it answered without a signature that holds")
    return WitnessAnswer(url=site.url, name=site.verifier.name, signatures=good)


def _post(url: str, body: bytes, *, timeout_s: float) -> tuple[int, str]:
    """POST to `add-checkpoint`; status and text. Follows nothing. Raises OSError, HTTPException."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_s)
    try:
        connection.request("POST", f"{parts.path}/add-checkpoint", body)
        reply = connection.getresponse()
        return reply.status, reply.read(MAX_REPLY_BYTES).decode("utf-8", "replace")
    finally:
        connection.close()
