"""What a ring of keys holds, as written in `ring.json`. Names and dates only, never a secret."""

from typing import Literal

from berg.schema._base import Frozen

Algorithm = Literal["es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519"]
"""What C2PA signs with (C2PA 2.2, 13.2.1)."""


class SignerRecord(Frozen):
    """A certificate chain, and what signs for it."""

    id: str
    """16 hex digits of the SHA-256 of the leaf certificate."""
    kind: Literal["local", "key", "command"]
    """Issued by the local authority; imported with its key; or a command signs."""
    alg: Algorithm
    name: str
    """The subject's organisation, or its common name."""
    issuer: str
    made: str
    """RFC 3339, UTC: when it came into the ring."""
    not_after: str
    """RFC 3339, UTC: when the leaf expires."""
    command: tuple[str, ...] = ()
    """Program and arguments that sign, for kind `command`."""


class MarkRecord(Frozen):
    """One epoch of one tenant's watermark key."""

    id: str
    """16 hex digits that name the key and give nothing of it away (`MarkKey.id`)."""
    tenant: str
    epoch: int
    """1 for a tenant's first."""
    made: str


class RingRecord(Frozen):
    """A ring of keys."""

    version: Literal[1] = 1
    name: str
    """Who signs, as readers of a file will see it."""
    made: str
    locked: bool = False
    """Whether the private keys need a passphrase."""
    authority: str
    """16 hex digits of the SHA-256 of the local authority's certificate."""
    signers: tuple[SignerRecord, ...]
    """Newest first; the others stay so that it can be said what was signed with them."""
    signer: str
    """Id of the one that signs now."""
    log: str
    """16 hex digits of the SHA-256 of the log's public key."""
    log_origin: str
    """The log's name, in its checkpoints."""
    marks: tuple[MarkRecord, ...]
    """Newest first."""
    tenant: str = "default"
    """Whose watermark is in what is made now."""
    trust: tuple[str, ...] = ()
    """Ids of further trusted roots."""
    time_stamp_url: str | None = None
    """RFC 3161 service; None: files are signed without a time stamp."""
