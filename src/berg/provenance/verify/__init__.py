"""Verify: one readable verdict for any file, from all its marks, and what remains unknown."""

from berg.provenance.verify.check import OnReport, Verifier, manifest_reader, unread_report
from berg.provenance.verify.files import FilesToCheck, choose
from berg.provenance.verify.ledger import HomeLog, LogLookup, NoLog
from berg.provenance.verify.orders import Orders
from berg.provenance.verify.report import Demands, Report, Seen, Verdict

__all__ = [
    "Demands",
    "FilesToCheck",
    "HomeLog",
    "LogLookup",
    "NoLog",
    "OnReport",
    "Orders",
    "Report",
    "Seen",
    "Verdict",
    "Verifier",
    "choose",
    "manifest_reader",
    "unread_report",
]
