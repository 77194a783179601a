"""Delivery: the finished files, each with its digests and facts."""

from typing import Any

from berg.schema._base import Frozen


class Deliverable(Frozen):
    """One finished file."""

    name: str
    language: str | None
    path: str
    """Relative to the delivery's folder."""
    media_type: str
    content_sha256: str
    """Digest before signing: what reproducibility compares."""
    sha256: str
    """Digest of the file as delivered."""
    facts: dict[str, Any]


class StepCounts(Frozen):
    """How the steps of a run ended."""

    total: int
    ran: int
    cached: int
    failed: int


class Totals(Frozen):
    """A run's receipt: sums over the steps that ran in it."""

    wall_s: float
    cpu_s: float
    energy_wh: dict[str, float]
    """By node."""
    method: str


class Delivery(Frozen):
    """What a run delivered."""

    run: str
    steps: StepCounts
    wall_s: float
    deliverables: tuple[Deliverable, ...]
    receipt: Totals
