"""A clause of a law or standard, and whether a file meets it."""

from typing import Literal

from berg.carriers.aigc import AigcLabel
from berg.schema._base import Frozen

Outcome = Literal["met", "broken", "not known"]

GB = "GB 45438-2025"
GUIDES = "TC260-PG-20257A to 202510A, clause 6"
CODES = "TC260-PG-20252A"
EU = "Regulation (EU) 2024/1689, Art. 50(2)"


class Clause(Frozen):
    """What is asked, by whom, and what was found."""

    id: str
    """Stable, for programs: `cn.one`, `eu.marked`."""
    source: str
    """The law or standard. GB 45438-2025's numbers are those that implementations quote."""
    asks: str
    """What is asked, in a few words."""
    outcome: Outcome
    says: str
    """What was found, as a sentence."""


class LabelText(Frozen):
    """One label, as it stands in the file."""

    carrier: str
    text: str
    """Its text, at most 2,000 characters of it."""
    label: AigcLabel | None


class LintedFile(Frozen):
    """A file, checked."""

    path: str
    format: str
    """The format by its bytes: `PNG`, `MP4`; `other` where no carrier is known."""
    carrier: str
    """Where a label belongs in this format."""
    labels: tuple[LabelText, ...]
    clauses: tuple[Clause, ...]
    """China's, in the order of the standard."""
    eu: tuple[Clause, ...]
    damage: str | None = None
    """Why the file could not be read to its end."""

    @property
    def met(self) -> int:
        """Clauses that are met."""
        return sum(clause.outcome == "met" for clause in (*self.clauses, *self.eu))

    @property
    def broken(self) -> tuple[Clause, ...]:
        """Clauses that are not."""
        return tuple(c for c in (*self.clauses, *self.eu) if c.outcome == "broken")

    @property
    def open(self) -> tuple[Clause, ...]:
        """Clauses that the file alone doesn't decide."""
        return tuple(c for c in (*self.clauses, *self.eu) if c.outcome == "not known")

    @property
    def sound(self) -> bool:
        """Whether there is a label and no clause is broken. What is not generated owes none, and
        isn't wrong for it: but nothing was there to check.
        """
        return bool(self.labels) and not self.broken
