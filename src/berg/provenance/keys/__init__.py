"""Keys: a local authority or one's own certificate, the log's key, the watermarks' keys."""

from berg.provenance.keys.bring import (
    Brought,
    brought_command,
    brought_key,
    brought_pkcs12,
    brought_roots,
    notice_of,
)
from berg.provenance.keys.chain import CertificateError
from berg.provenance.keys.files import KeysError
from berg.provenance.keys.record import MarkRecord, RingRecord, SignerRecord
from berg.provenance.keys.ring import TIME_STAMP_VARIABLE, KeyRing
from berg.provenance.keys.secret import VARIABLE as PASSPHRASE_VARIABLE
from berg.provenance.keys.signer import Signer
from berg.provenance.keys.uses import TRUST_CONFIG

__all__ = [
    "PASSPHRASE_VARIABLE",
    "TIME_STAMP_VARIABLE",
    "TRUST_CONFIG",
    "Brought",
    "CertificateError",
    "KeyRing",
    "KeysError",
    "MarkRecord",
    "RingRecord",
    "Signer",
    "SignerRecord",
    "brought_command",
    "brought_key",
    "brought_pkcs12",
    "brought_roots",
    "notice_of",
]
