"""What a checking process is told, and what it answers: plain data, a JSON document each."""

from typing import Literal

from pydantic import Field

from berg.carriers.watermark.found import MarkKey
from berg.provenance.verify.report import Seen
from berg.schema._base import Frozen


class Orders(Frozen):
    """For the whole life of a checking process. Holds secrets: it goes through a pipe only."""

    anchors: str = ""
    """PEM of the trusted roots."""
    mark_secrets: tuple[str, ...] = Field((), repr=False)
    """Secrets of watermark keys, hexadecimal, in the order to try them."""
    log_keys: tuple[str, ...] = ()
    """Verifier keys of the logs that are known (C2SP vkey)."""
    witness_keys: tuple[str, ...] = ()
    mark_limit_s: float = 60.0
    """Seconds for one search of a film or sound for watermarks."""

    def keys(self) -> tuple[MarkKey, ...]:
        """The watermark keys."""
        return tuple(MarkKey.of(bytes.fromhex(secret)) for secret in self.mark_secrets)


class Inquiry(Frozen):
    """One question."""

    what: Literal["file", "manifest"]
    path_hex: str
    """The file; or a stored manifest, to be read for what it says alone. Bytes, as paths may be
    anything."""
    quick: bool = False
    """Don't look for watermarks."""


class StoredManifest(Frozen):
    """What a stored manifest says; empty where it can't be read."""

    title: str = ""
    issuer: str = ""


class Sighting(Frozen):
    """What was seen, or why nothing could be."""

    seen: Seen | None = None
    told: StoredManifest | None = None
    problem: str = ""
