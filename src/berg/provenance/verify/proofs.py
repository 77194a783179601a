"""The layer of the log, as far as the proof beside a file goes: checked offline, never fetched."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from berg.provenance.log import Entry, NoteError, ProofResult, check_proof, entry_in
from berg.provenance.log.proof import parse_proof, told_of
from berg.provenance.sidecars import PROOF, beside
from berg.provenance.verify.report import ProofSeen

_MOST = 512 << 10
"""Bytes of a proof that are read; real ones have one or two thousand."""


def see_proof(
    path: Path, *, sha256: str, log_keys: Sequence[str], witness_keys: Sequence[str]
) -> ProofSeen | None:
    """The proof beside a file with this digest; None if there is none."""
    place = beside(path, PROOF)
    try:
        with place.open("rb") as file:
            data = file.read(_MOST + 1)
        text = data.decode("utf-8")
        if len(data) > _MOST:
            raise NoteError(f"it is larger than {_MOST} bytes")
        entry = entry_in(text)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        return ProofSeen(state="unreadable", problem=str(error)[:200])
    except NoteError as error:
        return ProofSeen(state="unreadable", problem=error.message)
    return _check(text, entry, sha256, log_keys, witness_keys)


def _check(
    text: str,
    entry: Entry,
    sha256: str,
    log_keys: Sequence[str],
    witness_keys: Sequence[str],
) -> ProofSeen:
    """Against the key of the log that it names, if that is known."""
    result = _unchecked(text)
    for key in log_keys:
        if key.partition("+")[0] == result.origin:
            result = check_proof(text, log_key=key, witness_keys=witness_keys)
            break
    else:
        return _seen(result, entry, "unknown log" if entry.sha256 == sha256 else "other file")
    if not result.included:
        return _seen(result, entry, "false")
    return _seen(result, entry, "proved" if entry.sha256 == sha256 else "other file")


def _unchecked(text: str) -> ProofResult:
    """What the proof says of itself; nothing if its checkpoint has another form."""
    try:
        return told_of(parse_proof(text))
    except NoteError as error:
        return ProofResult(included=False, problem=error.message)


def _seen(result: ProofResult, entry: Entry, state: str) -> ProofSeen:
    return ProofSeen.model_validate(
        {
            "state": state,
            "problem": result.problem or "",
            "origin": result.origin,
            "index": result.index,
            "size": result.size,
            "root": result.root.hex(),
            "time": entry.time,
            "produce_id": entry.produce_id,
            "sha256": entry.sha256,
            "witnesses": tuple((w.name, _moment(w.time)) for w in result.witnesses),
        }
    )


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return ""
