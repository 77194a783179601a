"""The layer of AIGC labels: what the file says of itself, and what the linter finds in that."""

from pathlib import Path

from berg.media.aigc import FoundLabel, scan_labels
from berg.provenance.verify.report import LabelLayer, LabelSeen

_MOST = 16
_LENGTH = 2000


def see_labels(path: Path) -> tuple[str, LabelLayer]:
    """The file's format by its bytes, and its labels.

    Raises MediaError: the file can't be opened.
    """
    scan = scan_labels(path)
    seen = tuple(_seen(found) for found in scan.labels[:_MOST])
    return scan.kind, LabelLayer(seen=seen, problem=scan.damage or "")


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
