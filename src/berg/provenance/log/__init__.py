"""The transparency log: C2SP tlog-tiles with signed checkpoints, offline proofs and witnesses."""

from berg.provenance.log._log import Log
from berg.provenance.log.asking import (
    WitnessAddress,
    WitnessAnswer,
    ask_witnesses,
    parse_site,
    witnesses_of,
)
from berg.provenance.log.entry import Entry, parse_entry
from berg.provenance.log.errors import LogDamagedError, NoteError
from berg.provenance.log.note import VerifierKey, parse_vkey
from berg.provenance.log.proof import ProofResult, Witnessed, check_proof, entry_in
from berg.provenance.log.reader import LogReader
from berg.provenance.log.witness import Witness

__all__ = [
    "Entry",
    "Log",
    "LogDamagedError",
    "LogReader",
    "NoteError",
    "ProofResult",
    "VerifierKey",
    "Witness",
    "WitnessAddress",
    "WitnessAnswer",
    "Witnessed",
    "ask_witnesses",
    "check_proof",
    "entry_in",
    "parse_entry",
    "parse_site",
    "parse_vkey",
    "witnesses_of",
]
