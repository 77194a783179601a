"""Verify: one readable verdict for any file, from all its marks, and what remains unknown."""

from berg.provenance.verify.check import Progress, Verifier, manifest_reader, unread_report
from berg.provenance.verify.files import Chosen, choose
from berg.provenance.verify.ledger import HomeLedger, Ledger, NoLedger
from berg.provenance.verify.orders import Orders
from berg.provenance.verify.report import Demands, Report, Seen, Verdict

__all__ = [
    "Chosen",
    "Demands",
    "HomeLedger",
    "Ledger",
    "NoLedger",
    "Orders",
    "Progress",
    "Report",
    "Seen",
    "Verdict",
    "Verifier",
    "choose",
    "manifest_reader",
    "unread_report",
]
