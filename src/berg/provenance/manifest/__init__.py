"""C2PA manifests: what is claimed of a deliverable, signing it, and reading any tool's."""

from berg.provenance.manifest.claim import (
    Claim,
    Lineage,
    ModelUsed,
    Part,
    SourceType,
    SourceUsed,
    StepUsed,
)
from berg.provenance.manifest.credential import Ancestor, Credential, State
from berg.provenance.manifest.read import read_credential
from berg.provenance.manifest.write import Signed, sign_file

__all__ = [
    "Ancestor",
    "Claim",
    "Credential",
    "Lineage",
    "ModelUsed",
    "Part",
    "Signed",
    "SourceType",
    "SourceUsed",
    "State",
    "StepUsed",
    "read_credential",
    "sign_file",
]
