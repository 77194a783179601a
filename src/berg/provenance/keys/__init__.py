"""Keys: a local authority or one's own certificate, the log's key, the watermarks' keys."""

from berg.provenance.keys.files import KeysError
from berg.provenance.keys.record import MarkRecord, RingRecord, SignerRecord
from berg.provenance.keys.ring import TIME_STAMP_VARIABLE, KeyRing
from berg.provenance.keys.signer import Signer

__all__ = [
    "TIME_STAMP_VARIABLE",
    "KeyRing",
    "KeysError",
    "MarkRecord",
    "RingRecord",
    "Signer",
    "SignerRecord",
]
