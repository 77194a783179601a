"""What finishing needs and leaves: a file to finish, the record that it was signed, names."""

from dataclasses import dataclass
from pathlib import Path

from berg.digest import file_sha256
from berg.provenance.finish.dossier import Dossier
from berg.provenance.sidecars import beside
from berg.schema._base import Frozen

ASIDE = ".signing."
"""How the name of a file begins that is signed and not yet in its place."""


class SignedFile(Frozen):
    """A file as it was signed; the record of the effect."""

    sha256: str
    content_sha256: str
    size: int
    beside: dict[str, str]
    """Digests of what belongs beside it, by what is added to its name; the proof not among them."""
    aigc: str | None
    produce_id: str
    manifest_sha256: str
    embedded: bool
    receipt_sha256: str
    """As its manifest says it; receipts of a later run of the same steps are not in it."""
    signer: str
    time_stamped: bool
    time: str
    """When it was signed, by this machine's clock (RFC 3339)."""

    @property
    def files(self) -> dict[str, str]:
        """Digests of the file and of what belongs beside it, by what is added to its name."""
        return {"": self.sha256, **self.beside}


@dataclass(frozen=True, kw_only=True, slots=True)
class FileToFinish:
    """One file to finish."""

    content: Path
    """Its bytes before finishing; only read."""
    content_sha256: str
    target: Path
    """Where it will stand."""
    dossier: Dossier


def aside(target: Path) -> Path:
    """Where a file is signed before it is put in its place; the ending says what it is."""
    return target.with_name(f"{ASIDE}{target.name}")


def is_there(target: Path, signed: SignedFile) -> bool:
    """Whether a signed file and what belongs beside it are whole, in their place or aside."""
    return all(_has(target, ending, digest) for ending, digest in signed.files.items())


def _has(target: Path, ending: str, digest: str) -> bool:
    """Whether a file is in its place or aside; a killed delivery may have moved only some."""
    places = [beside(path, ending) for path in (target, aside(target))]
    return any(
        path.is_file() and not path.is_symlink() and file_sha256(path) == digest for path in places
    )
