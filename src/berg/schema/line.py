"""LineKind: the declaration of a production line, as `StepKind` is that of a kind of step.

A line turns one kind of ask into deliverables. Everything that berg must know of it stands here:
what a brief may say (by the ask's model), what makes it, and what is said and shown of it. Rooms
that read briefs, fill in rows, rehearse, tell of sources or write a page are written once, over
this noun. Light to import, like a step's declaration. Not here: how lines are found
(`berg.lines.kinds`).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from berg.errors import Fault
from berg.schema.brief import Ask, Brief
from berg.schema.delivery import Deliverable
from berg.schema.step import StepKind

A = TypeVar("A", bound=Ask)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage(Generic[A]):
    """A document of a line that people may edit before the expensive part is made."""

    name: str
    """As in `--until NAME`. The line takes the edited document as a keyword of this name."""
    write: Callable[[Any, Brief], str]
    """The document as YAML; reading it with the same brief gives an equal one."""
    read: Callable[[Path, Brief, A], Any]
    """The document in a file. Raises BriefError with all its faults, each with its place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A line's part of the page of a delivery."""

    body: str
    """HTML; every text in it is escaped, and it leads to nothing outside the delivery."""
    style: str = ""
    """CSS of its own. The page's colours are `--ground`, `--on-ground`, `--accent`, `--ink`,
    `--quiet`, `--line`, `--paper`."""
    script: str = ""
    """JavaScript of its own; a policy in the page lets no other script run, and no request."""
    width_rem: int = 40
    """How wide the page should be for it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnFiles:
    """What a line is given to write its section of."""

    files: Sequence[Deliverable]
    """Those of its own asks, in the order of the delivery; never empty."""
    alone: bool
    """Whether no other line has a section on the page."""


def _no_faults(ask: Any) -> Sequence[Fault]:
    return ()


def _no_notices(ask: Any, brief: Brief, given: Mapping[str, Any]) -> Sequence[str]:
    return ()


def _no_weights(ask: Any, brief: Brief) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class LineKind(Generic[A]):
    """The declaration of a production line."""

    about: str
    """What it makes, in one line, for help and lists."""
    ask: type[A]
    """What may be asked; its `kind` has a default. Its fields are annotated with how they are
    written (`berg.brief.forms`): from these follow keys, limits, faults, texts, and what a table's
    rows are filled into."""
    line: Callable[..., Awaitable[None]]
    """The line, called as `(do, ask, brief)`, and with an edited document by its stage's name."""
    steps: tuple[StepKind[..., Any, Any], ...]
    """All kinds of step that it may ask for. Rows are made anew when one of these changes, and
    no step of another kind can be asked for."""
    weights: Callable[[A, Brief], Sequence[str]] = _no_weights
    """Catalogue names of all weights and fonts that an ask's steps may open. Rows are made anew
    when one of these changes."""
    fonts: tuple[str, ...] = ()
    """Catalogue names of the fonts that its texts are set in; no text may have what none has."""
    version: int = 1
    """Raised when the same ask gives other steps or files than before: rows are walked again."""
    check: Callable[[A], Sequence[Fault]] = _no_faults
    """What is wrong with an ask that is sound field by field; each fault's `path` is below the
    ask, `script.en`. Not asked where an edited document is brought: what it says counts then."""
    notices: Callable[[A, Brief, Mapping[str, Any]], Sequence[str]] = _no_notices
    """What is odd about an ask, but allowed; handed the edited document by its stage's name."""
    stage: Stage[A] | None = None
    """The document that people may edit, if the line has one."""
    later: Mapping[str, str] = field(default_factory=dict)
    """Keys of later versions, and what to use now."""
    section: Callable[[OwnFiles], Section | None] | None = None
    """Its part of the page; None lists its files and no more."""
    guide: str = ""
    """Where its keys are explained: a path in berg's docs, or an address."""

    @property
    def key(self) -> str:
        """What it is called in a brief, `short` in `- short:`: the `kind` of its asks."""
        return str(self.ask.model_fields["kind"].default)
