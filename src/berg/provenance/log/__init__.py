"""The transparency log: C2SP tlog-tiles with signed checkpoints, offline proofs and witnesses."""

from berg.provenance.log._log import Log
from berg.provenance.log.entry import Entry, parse_entry
from berg.provenance.log.errors import LogDamagedError, NoteError
from berg.provenance.log.proof import ProofResult, Witnessed, check_proof, entry_in

__all__ = [
    "Entry",
    "Log",
    "LogDamagedError",
    "NoteError",
    "ProofResult",
    "Witnessed",
    "check_proof",
    "entry_in",
    "parse_entry",
]
