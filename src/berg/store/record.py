"""Record: one result as the index keeps it. Plain text only: reading it parses nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """What a step gave, under the key of all that went into it."""

    key: str
    recipe: str
    """The recipe by which it was first reached; empty in results older than recipes."""
    capability: str
    out: str
    """Canonical JSON of the step's `Out`."""
    assets: tuple[str, ...]
    """SHA-256 of every asset in `out`."""
    receipt: str
    """JSON of the `Receipt`."""
