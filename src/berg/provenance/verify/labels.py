"""The layer of AIGC labels: what the file says of itself, and what the linter finds in that."""

from collections.abc import Mapping

from berg.carriers.aigc import FoundLabel, Scan
from berg.provenance.lint import Clause, check_scan
from berg.provenance.verify.report import LabelLayer, LabelSeen
from berg.provenance.verify.words import plain

_MOST = 16
_LENGTH = 2000


def see_labels(scan: Scan, *, visible: str | None, layers: Mapping[str, bool]) -> LabelLayer:
    """The labels of a scanned file, and what the linter says; arguments as `check_scan` has."""
    checked = check_scan(scan, path="", visible=visible, layers=layers)
    return LabelLayer(
        seen=tuple(_seen(found) for found in scan.labels[:_MOST]),
        met=checked.met,
        broken=tuple(_clause(clause) for clause in checked.broken),
        open=tuple(_clause(clause) for clause in checked.open),
        problem=scan.damage or "",
    )


def _clause(clause: Clause) -> str:
    return plain(f"{clause.source}, {clause.asks}: {clause.says}", most=_LENGTH)


def _seen(found: FoundLabel) -> LabelSeen:
    label = found.label
    return LabelSeen(
        carrier=found.carrier[:100],
        label=label.label if label else "",
        producer=plain(label.content_producer, most=200) if label else "",
        produce_id=plain(label.produce_id, most=256) if label else "",
        text=plain(found.text, most=_LENGTH),
        faults=tuple(plain(fault, most=300) for fault in found.faults[:_MOST]),
    )
