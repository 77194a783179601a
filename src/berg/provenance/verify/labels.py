"""The layer of AIGC labels: what the file says of itself, and what the linter finds in that."""

from collections.abc import Mapping

from berg.media.aigc import FoundLabel, Scan
from berg.provenance.lint import Clause, check_scan
from berg.provenance.verify.report import LabelLayer, LabelSeen

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
    return f"{clause.source}, {clause.asks}: {clause.says}"[:_LENGTH]


def _seen(found: FoundLabel) -> LabelSeen:
    label = found.label
    return LabelSeen(
        carrier=found.carrier[:100],
        label=label.label if label else "",
        producer=label.content_producer[:200] if label else "",
        produce_id=label.produce_id[:256] if label else "",
        text=found.text[:_LENGTH],
        faults=tuple(fault[:300] for fault in found.faults[:_MOST]),
    )
