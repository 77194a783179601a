"""What a file's manifest comes to: plain data, whoever made the manifest."""

from dataclasses import dataclass
from typing import Any, Literal

CredentialState = Literal["none", "Invalid", "Valid", "Trusted"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ancestor:
    """An ingredient: a file that the signed one was made from, and what its own manifest says."""

    title: str
    relationship: str
    """`parentOf`, `componentOf` or `inputTo`."""
    media_type: str
    state: CredentialState
    """`none` when it came without a manifest; never `Trusted`: what is known of it is what was
    found when the file that it went into was signed."""
    problems: tuple[str, ...] = ()
    issuer: str | None = None
    signed_at: str | None = None
    generator: str | None = None
    source_types: tuple[str, ...] = ()
    claim: dict[str, Any] | None = None
    """Our own assertion in its manifest, if there is one."""
    marks: tuple[str, ...] = ()
    """Watermarks that its manifest names."""
    history: tuple["Ancestor", ...] = ()
    """What it was made from in turn, as deep as `DEPTH`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Credential:
    """What could be read of a manifest, and whether it holds."""

    state: CredentialState
    """`Valid`: sound, but its signer leads to none of the trusted roots. `Trusted`: it does."""
    problems: tuple[str, ...] = ()
    """What is wrong, in plain words; empty if nothing is."""
    codes: tuple[str, ...] = ()
    """The same as C2PA's status codes, for programs."""
    issuer: str | None = None
    """The organisation that the signer's certificate names."""
    name: str | None = None
    """The common name in it."""
    serial: str | None = None
    """The certificate's serial number, decimal."""
    algorithm: str | None = None
    signed_at: str | None = None
    """RFC 3339: when, by the time stamp; None without one: the signer's clock proves nothing."""
    time_stamped: bool = False
    stamped_by: str | None = None
    """Who stamped the time, by the time stamp's certificate."""
    stamp_trusted: bool = False
    """Whether who stamped leads to one of the trusted roots."""
    generator: str | None = None
    title: str | None = None
    claim: dict[str, Any] | None = None
    """Our own assertion (`org.berg.production`), if there is one."""
    marks: tuple[str, ...] = ()
    """Values of soft bindings: watermarks that the file should carry."""
    actions: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    """IPTC terms, the whole's first."""
    history: tuple[Ancestor, ...] = ()
    embedded: bool = False
