"""Promised: a file that a line will deliver, named before its bytes exist."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from berg.schema.asset import Asset
from berg.schema.handle import Handle
from berg.schema.origin import NO_ORIGIN, Origin


@dataclass(frozen=True, kw_only=True, slots=True)
class Promised:
    """A file to deliver once its asset exists, and what only its line can say of it."""

    asset: Handle[Asset]
    """The file's bytes."""
    name: str
    """Of the deliverable that it belongs to, as the brief calls it."""
    language: str | None = None
    """The language that is seen or heard in it; None where it has none."""
    path: str
    """Where it goes, relative to the delivery's folder; no two files of a run share one."""
    facts: Handle[Any] | Mapping[str, Any] | None = None
    """What `delivery.json` says of it."""
    marks: tuple[Handle[str | None], ...] = ()
    """The watermarks' identifiers in it, as the steps that put them there gave them."""
    origin: Origin = NO_ORIGIN
    """How it came to be, for manifests and labels."""
    told_by: tuple[Handle[Any], ...] = ()
    """Results that the line awaited and passed on as plain values: a part of its lineage that no
    handle shows."""
