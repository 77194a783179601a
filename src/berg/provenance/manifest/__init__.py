"""C2PA manifests: what is claimed of a deliverable, signing it, and reading any tool's."""

from berg.provenance.manifest.claim import (
    Lineage,
    ManifestClaim,
    ModelUsed,
    Part,
    SourceType,
    SourceUsed,
    StepUsed,
)
from berg.provenance.manifest.credential import Ancestor, Credential, CredentialState
from berg.provenance.manifest.read import read_credential
from berg.provenance.manifest.write import Signed, sign_file

__all__ = [
    "Ancestor",
    "Credential",
    "CredentialState",
    "Lineage",
    "ManifestClaim",
    "ModelUsed",
    "Part",
    "Signed",
    "SourceType",
    "SourceUsed",
    "StepUsed",
    "read_credential",
    "sign_file",
]
