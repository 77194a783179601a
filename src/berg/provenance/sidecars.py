"""What may stand beside a finished file: its name is the file's, with one of these after it."""

from pathlib import Path

from berg.carriers.aigc import SIDECAR

LABEL = SIDECAR
"""The AIGC label, where the format has no place for it."""
MANIFEST = ".c2pa"
"""The C2PA manifest, where the format has no room for it."""
PROOF = ".tlog-proof"
"""The proof that the file is in a log."""
SIDECARS = (LABEL, MANIFEST, PROOF)


def beside(path: Path, ending: str) -> Path:
    """Where a sidecar of a file would be."""
    return path.with_name(path.name + ending)
