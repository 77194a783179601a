"""The AIGC metadata label of GB 45438-2025: its noun, and writing and reading it in files."""

from berg.carriers.aigc.found import FoundLabel, Scan, WrittenLabel
from berg.carriers.aigc.label import AigcLabel, parse_label
from berg.carriers.aigc.propagate import propagate
from berg.carriers.aigc.read import read_labels, scan_labels
from berg.carriers.aigc.write import SIDECAR, carrier_of, write_label

__all__ = [
    "SIDECAR",
    "AigcLabel",
    "FoundLabel",
    "Scan",
    "WrittenLabel",
    "carrier_of",
    "parse_label",
    "propagate",
    "read_labels",
    "scan_labels",
    "write_label",
]
