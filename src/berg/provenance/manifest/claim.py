"""What a manifest says of a deliverable, before it is put into C2PA's words.

Nothing here is invented: whoever finishes a deliverable fills it from the plan, the receipts and
the brief. Paths are where bytes are read from; they are never disclosed.
"""

from typing import Literal

from pydantic import Field

from berg.schema._base import Frozen

SourceType = Literal[
    "trainedAlgorithmicMedia",
    "compositeWithTrainedAlgorithmicMedia",
    "algorithmicMedia",
    "algorithmicallyEnhanced",
    "composite",
    "compositeCapture",
    "compositeSynthetic",
    "digitalCapture",
    "computationalCapture",
    "digitalCreation",
    "digitalArt",
    "humanEdits",
    "minorHumanEdits",
    "softwareImage",
    "dataDrivenMedia",
    "negativeFilm",
    "positiveFilm",
    "print",
    "screenCapture",
    "virtualRecording",
]
"""Terms of the IPTC's list of digital source types (cv.iptc.org/newscodes/digitalsourcetype)."""


class ModelUsed(Frozen):
    """A model that had a part in it."""

    name: str
    sha256: str
    """Of its weights' bytes."""
    licence: str
    capability: str
    """What it was used for, such as `speech`."""


class SourceUsed(Frozen):
    """A file of the user's that had a part in it."""

    title: str
    media_type: str
    sha256: str
    path: str
    """Where its bytes are; not disclosed."""
    kind: SourceType
    used_as: str
    """Such as `picture`, `footage`, `logo`, `music`."""
    aigc: str | None = None
    """The AIGC label that it came with, as JSON."""
    role: Literal["component", "parent"] = "component"
    """`parent` when the deliverable is this one file, edited; at most one."""


class StepUsed(Frozen):
    """A piece of work in the lineage."""

    name: str
    capability: str
    version: int
    key: str


class Lineage(Frozen):
    """All steps that a deliverable hangs on, told in bounded size."""

    sha256: str
    """Over all of them and how they hang together (`berg.provenance.lineage`)."""
    steps: int
    """How many there are."""
    made: int
    """How many of those made something new, of nothing but data."""
    named: tuple[StepUsed, ...]
    """The first that made something, and at the end the one that gave the file's bytes."""


class Part(Frozen):
    """A part of the whole, and how it came about."""

    what: str
    """Such as `voice`, `pictures`, `type`, `music`."""
    source_type: SourceType
    model: str | None = None
    """Name of the model, one of the claim's."""


class ManifestClaim(Frozen):
    """What is claimed of one deliverable."""

    title: str
    media_type: str
    profile: str
    """The label's profile; `none` if no label was asked for."""
    label_text: str | None = None
    """What the visible or audible label says; None if there is none."""
    generated: tuple[str, ...] = ()
    """Which of what people see, hear or read a model made: `voice`, `picture`, `text`."""
    source_type: SourceType
    """Digital source type of the whole."""
    parts: tuple[Part, ...] = ()
    models: tuple[ModelUsed, ...] = ()
    sources: tuple[SourceUsed, ...] = ()
    lineage: Lineage | None = None
    """None where no steps of ours made it."""
    receipt_sha256: str
    """Over what all steps of the lineage took."""
    produce_id: str
    marks: tuple[str, ...] = ()
    """Identifiers of the watermarks in it, in the order in which they come."""
    mark_key: str | None = None
    """Which watermark key they were made with (`MarkKey.id`); None where there are none."""
    disclosed: dict[str, str] = Field(default={})
    """Texts that are disclosed in full, by name."""
    digests: dict[str, str] = Field(default={})
    """SHA-256 of texts that are not, by name."""
    language: str | None = None
