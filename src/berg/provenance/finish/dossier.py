"""Dossier: all that is attached to one file, known before it is attached."""

from berg.carriers.aigc import AigcLabel
from berg.digest import digest_of
from berg.provenance.manifest import ManifestClaim
from berg.schema._base import Frozen

VERSION = 1
"""Raised when the same dossier would be attached otherwise; finished files are finished anew."""


class Dossier(Frozen):
    """What is said of a file: in its label, its manifest, the log."""

    claim: ManifestClaim
    aigc: AigcLabel | None
    """The AIGC label to write; None leaves the file without."""

    def identity(self, content_sha256: str, *, signer: str, place: str) -> str:
        """Digest of all that a finished file depends on.

        Not among it: receipt, lineage, and where sources lie. The same content, made again, keeps
        its signed file.
        """
        said = self.model_dump(mode="json")
        for passing in ("receipt_sha256", "lineage"):
            del said["claim"][passing]
        for source in said["claim"]["sources"]:
            del source["path"]
        return digest_of("finish", [VERSION, content_sha256, signer, place, said])


def produce_id(content_sha256: str) -> str:
    """A deliverable's own number, 32 characters of ASCII: the same for the same content."""
    return "berg-" + digest_of("produce", content_sha256)[:27]
