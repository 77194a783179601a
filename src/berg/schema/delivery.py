"""Delivery: the finished files, each with its digests and facts."""

from typing import Any

from berg.schema._base import Frozen


class Credentials(Frozen):
    """What a deliverable says of itself, and where that can be checked."""

    profile: str
    """How it was asked to be labelled; `none` where nobody wanted a label."""
    label: str | None
    """The visible or audible label in it."""
    aigc: str | None
    """Where its AIGC label stands, such as `XMP`; None without one."""
    produce_id: str
    """Its own number, of its content: the same content has the same."""
    manifest_sha256: str
    """Digest of its C2PA manifest."""
    embedded: bool
    """Whether the manifest is in the file; else it stands beside it."""
    signer: str
    """Name on the signing certificate."""
    time_stamped: bool
    """Whether a time-stamp authority says when it was signed."""
    mark_key: str | None
    """Id of the watermark key."""
    marks: tuple[str, ...]
    """Identifiers of the watermarks in it."""
    receipt_sha256: str
    """Digest of what its steps took."""
    log: str
    """Origin of the log that it stands in."""
    index: int
    """Its place in the log."""


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
    credentials: Credentials | None = None
    """None in deliveries older than credentials."""
    beside: tuple[str, ...] = ()
    """Paths of the files that belong to it: manifest, label, proof."""


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


class RowCounts(Frozen):
    """What became of the rows of a table."""

    total: int
    made: int
    """Made, or made anew, by this run."""
    kept: int
    """As they were: nothing about them has changed."""
    left_out: int
    """Something is wrong with them; `report` says what."""
    gone: int = 0
    """Delivered before, and not in the table any more; their files stay."""
    report: str | None = None
    """Path of the report; None if there is nothing to report."""


class Delivery(Frozen):
    """What a run delivered."""

    run: str
    steps: StepCounts
    wall_s: float
    deliverables: tuple[Deliverable, ...]
    """All of them, unless `listed` says where they are."""
    receipt: Totals
    listed: str | None = None
    """Name of the file that lists the deliverables, one per line, where there are many or some for
    each row of a table; then `deliverables` is empty."""
    count: int | None = None
    """How many the list has."""
    rows: RowCounts | None = None
    """Where something was made for each row of a table."""
