"""Finishing: a file made ready to leave. Label, manifest, reading back, log; in that order."""

from berg.provenance.finish.dossier import Dossier
from berg.provenance.finish.finisher import Finisher
from berg.provenance.finish.record import (
    ASIDE,
    FileToFinish,
    SignedFile,
    aside,
)

__all__ = [
    "ASIDE",
    "Dossier",
    "FileToFinish",
    "Finisher",
    "SignedFile",
    "aside",
]
