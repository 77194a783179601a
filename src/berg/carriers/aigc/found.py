"""What was found of labels in a file, and what was written."""

from dataclasses import dataclass
from pathlib import Path

from berg.carriers.aigc.label import AigcLabel, label_of
from berg.carriers.aigc.study import study


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundLabel:
    """One label, as it stands in a file."""

    carrier: str
    """Where it stands, such as `XMP (PNG iTXt)`."""
    text: str
    """The label as it was written there, whatever it is."""
    label: AigcLabel | None
    """What it says, when that can be made out."""
    faults: tuple[str, ...]
    """What is wrong with its text, in sentences."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scan:
    """A file, looked through for labels."""

    kind: str
    """The file's format, such as `PNG`; `other` when no carrier is known for it."""
    labels: tuple[FoundLabel, ...]
    right: str
    """The carrier that the standard's guides name for this format."""
    damage: str | None = None
    """Why the file could not be read to its end; what was found before still counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenLabel:
    """Where a label went."""

    carrier: str
    sidecar: Path | None
    """The file beside, when the format has no carrier."""


def found_label(carrier: str, text: str) -> FoundLabel:
    """A text from a carrier, studied."""
    studied = study(text)
    return FoundLabel(carrier=carrier, text=text, label=label_of(studied), faults=studied.faults)
