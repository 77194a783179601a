"""The AIGC metadata label of GB 45438-2025: its noun, and writing and reading it in files."""

from berg.media.aigc.found import FoundLabel, Scan, Written
from berg.media.aigc.label import AigcLabel, parse_label
from berg.media.aigc.propagate import propagate
from berg.media.aigc.read import read_labels, scan_labels
from berg.media.aigc.write import SIDECAR, carrier_of, write_label

__all__ = [
    "SIDECAR",
    "AigcLabel",
    "FoundLabel",
    "Scan",
    "Written",
    "carrier_of",
    "parse_label",
    "propagate",
    "read_labels",
    "scan_labels",
    "write_label",
]
