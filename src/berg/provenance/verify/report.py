"""What was seen of one file, layer by layer, and the verdict. Plain data; judges nothing."""

from typing import Literal

from berg.schema._base import Frozen

VerdictKind = Literal[
    "intact",
    "logged",
    "changed",
    "invalid",
    "contradictory",
    "flawed",
    "unmet",
    "traced",
    "unproved",
    "unmarked",
    "unchecked",
]
"""`judge.py` says what each means, and which of them are sound."""


class LabelSeen(Frozen):
    """One AIGC label."""

    carrier: str
    """Where it was, in the words of `carriers/aigc`."""
    label: str
    """"1" is generated, "2" may be, "3" is suspected; empty when it can't be read."""
    producer: str
    produce_id: str
    text: str
    """As written, at most 2,000 characters."""
    faults: tuple[str, ...]


class LabelLayer(Frozen):
    """AIGC labels, and what the linter says of them."""

    seen: tuple[LabelSeen, ...] = ()
    met: int = 0
    """Clauses of the standard that are met."""
    broken: tuple[str, ...] = ()
    """Clauses of the standard that are not."""
    open: tuple[str, ...] = ()
    """Clauses that the linter can't decide by the file alone."""
    problem: str = ""
    """Why the file could not be read to its end, if it could not."""


class SignatureSeen(Frozen):
    """One C2PA manifest store, and what it says."""

    where: Literal["embedded", "sidecar"]
    state: Literal["Invalid", "Valid", "Trusted"]
    problems: tuple[str, ...] = ()
    """What is wrong, in words."""
    codes: tuple[str, ...] = ()
    """The same as status codes (C2PA 2.2, 15.2)."""
    issuer: str = ""
    serial: str = ""
    signed_at: str = ""
    """RFC 3339, by the time stamp; empty without one: nothing confirms the signer's clock."""
    time_stamped: bool = False
    stamped_by: str = ""
    """Who stamped the time, by its certificate."""
    stamp_trusted: bool = False
    """Whether that chains to a trusted root."""
    generator: str = ""
    title: str = ""
    generated: tuple[str, ...] = ()
    """What it says is generated, with the model: `voice by Kokoro-82M`."""
    label_text: str = ""
    """What it says that the visible or audible label says."""
    sources: tuple[str, ...] = ()
    source_types: tuple[str, ...] = ()
    """The IPTC's terms, without their address."""
    history: tuple[str, ...] = ()
    """A tree of sources, one per line, indented; at most a dozen."""
    marks: tuple[str, ...] = ()
    """Watermark identifiers that it says the content carries, and those of its history."""
    produce_ids: tuple[str, ...] = ()
    """Produce ids of the file itself first, then of all in its history."""
    ours: bool = False
    """Whether it holds what berg's manifests hold."""


Medium = Literal["picture", "film", "sound"]
"""In what a watermark is."""


class MarkSeen(Frozen):
    """One watermark."""

    identifier: str
    key: str
    score: float
    medium: Medium
    start_s: float | None = None
    end_s: float | None = None


class MarkLayer(Frozen):
    """What the search for watermarks came to."""

    looked: Literal["looked", "quick", "no key", "no medium", "too large", "failed"]
    seen: tuple[MarkSeen, ...] = ()
    problem: str = ""
    """Why the search failed or ended early, if it did; for `too large`, how much is looked through:
    `178 megapixels`."""


class ProofSeen(Frozen):
    """The proof file beside the file."""

    state: Literal["proved", "other file", "false", "unknown log", "unreadable"]
    problem: str = ""
    origin: str = ""
    index: int = -1
    size: int = 0
    """Entries in the log when the proof was made."""
    root: str = ""
    """Root hash of the log at that size, hexadecimal."""
    time: str = ""
    """When the log's owner says that the entry was made."""
    produce_id: str = ""
    sha256: str = ""
    """Digest of the file that the entry is for; as the proof says unless `proved`."""
    witnesses: tuple[tuple[str, str], ...] = ()
    """Name and time of each known witness that cosigned."""


LedTo = Literal["bytes", "credentials", "watermark", "label"]
"""What of a file led to an entry of the log."""


class LoggedDelivery(Frozen):
    """An entry of this home's own log that something in the file leads to."""

    by: LedTo
    """`credentials` and `label` by the produce id that they give."""
    index: int
    time: str
    origin: str
    sha256: str
    produce_id: str
    others: int = 0
    """Further entries that the same leads to."""
    mark: str = ""
    """The watermark that led here."""
    manifest_sha256: str = ""
    title: str = ""
    """As its stored manifest says; empty when that is not in the home."""
    issuer: str = ""
    """Who signed the stored manifest."""
    media_type: str = ""


class LogLayer(Frozen):
    """What logs know."""

    proof: ProofSeen | None = None
    home: Literal["asked", "none", "failed"] = "none"
    """Whether this home has a log of its own, and could be asked."""
    deliveries: tuple[LoggedDelivery, ...] = ()
    rewritten: str = ""
    """How the proof and this home's log exclude each other, if they do."""
    problem: str = ""


class Demands(Frozen):
    """Whom the user named: what is named is demanded."""

    roots: bool = False
    """The signer must chain to a trusted root."""
    logs: tuple[str, ...] = ()
    """Names of logs, one of which must prove that it lists the file."""
    witnesses: tuple[str, ...] = ()
    """Names of witnesses, each of which must have cosigned that."""


class Verdict(Frozen):
    """The answer."""

    kind: VerdictKind
    sound: bool
    sentence: str


class Seen(Frozen):
    """Everything that was seen of one file."""

    size: int = 0
    sha256: str = ""
    format: str = ""
    """What it is by its bytes, such as `PNG`; `other` when that is not known."""
    label: LabelLayer = LabelLayer()
    signatures: tuple[SignatureSeen, ...] = ()
    elsewhere: str = ""
    """That it names a place with credentials which were not fetched, if it does."""
    ignored_sidecar: bool = False
    """A manifest lies beside the file, which carries its own: that one alone counts (C2PA)."""
    mark: MarkLayer = MarkLayer(looked="no medium")
    log: LogLayer = LogLayer()


class Report(Frozen):
    """One file: what was seen, the verdict, and what remains unknown."""

    path: str
    verdict: Verdict
    seen: Seen | None = None
    """None when it could not be checked."""
    unknown: tuple[str, ...] = ()
    """What all this does not prove, one sentence each."""
    seconds: float = 0.0
