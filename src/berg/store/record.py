"""What the index hands out: plain frozen data. Reading it parses nothing."""

from dataclasses import dataclass, field
from typing import Any

Timing = tuple[float, float, str]
"""Amount of work, wall seconds, receipt as JSON."""

Noted = tuple[str, str | None, str]
"""A step's name, its key once known, and its state."""


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
    sizes: tuple[int, ...] = field(default=(), compare=False)
    """Bytes of each of `assets`, in that order; empty where nobody said."""

    def expected(self) -> dict[str, int | None]:
        """Bytes by digest, None where they are not known: what `Objects.missing` is asked."""
        sizes = self.sizes or (None,) * len(self.assets)
        return dict(zip(self.assets, sizes, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """A run as the index knows it."""

    run: str
    started: float
    """Seconds since 1970."""
    finished: float | None
    """Seconds since 1970; None while it is live, or if it never came to its end."""
    live: bool
    info: dict[str, Any]
    """What was said when it began."""
    summary: dict[str, Any] | None
    """What was said when it finished."""
    steps: tuple[Noted, ...] = ()
    """(name, key or None, state) in the order in which they were first noted; by `run()` only."""
