"""Finishing: a file made ready to leave. Label, manifest, reading back, log; in that order."""

from berg.provenance.finish.dossier import Dossier
from berg.provenance.finish.finisher import (
    LABEL,
    MANIFEST,
    PROOF,
    Effects,
    Finisher,
    Signed,
    Work,
    aside,
)

__all__ = [
    "LABEL",
    "MANIFEST",
    "PROOF",
    "Dossier",
    "Effects",
    "Finisher",
    "Signed",
    "Work",
    "aside",
]
