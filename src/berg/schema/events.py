"""Events: what a run tells while it goes on, for whoever shows it, here or in another process.

The same nouns in a process and in a run's log, where each is one line of JSON (docs/events.md).
Readers leave out what they don't know: a later berg may tell more.
"""

import json
import re
import time
from typing import Literal, get_args

from pydantic import ConfigDict, Field

from berg.schema._base import Frozen
from berg.schema.plan import Plan

VERSION: Literal[1] = 1
"""Of all events. Raised when an event means something else than before; more events or fields
don't raise it."""


def _now() -> float:
    return round(time.time(), 3)


class _Told(Frozen):
    model_config = ConfigDict(extra="ignore")

    v: Literal[1] = VERSION
    at: float = Field(default_factory=_now)
    """When it was told: seconds since 1970, to the millisecond."""


class RunStarted(_Told):
    """The brief is sound, and a run of it has begun."""

    event: Literal["run.started"] = "run.started"
    run: str
    title: str
    brief: str
    """Path of the brief."""
    slots: int
    """Steps that this machine does side by side."""


class StepAhead(Frozen):
    """A step that is still to be made."""

    model_config = ConfigDict(extra="ignore")

    name: str
    seconds: float
    """Foreseen."""
    needs: tuple[str, ...] = ()
    """Names of the steps whose results it takes."""
    session: str | None = None
    """The resident model that it wants."""
    processors: int = 1
    """Cores that it keeps busy."""


class RunPlanned(_Told):
    """What is foreseen: at the start, and again whenever the run knows more."""

    event: Literal["run.planned"] = "run.planned"
    total: int
    """Steps of the run, as far as they are known."""
    cached: int
    """Steps whose result was there when this was foreseen."""
    finish_s: float
    """Foreseen seconds from the start of the run to its end."""
    steps: tuple[StepAhead, ...]
    """Those that are not cached; none if `listed` is false."""
    listed: bool = True
    """Whether `steps` says them: a log leaves very many out."""

    @classmethod
    def of(cls, plan: Plan) -> "RunPlanned":
        """What is told of a plan."""
        ahead = [
            StepAhead(
                name=step.name,
                seconds=step.seconds,
                needs=step.needs,
                session=step.session,
                processors=step.processors,
            )
            for step in plan.steps
            if step.state != "cached"
        ]
        cached = len(plan.steps) - len(ahead)
        return cls(total=len(plan.steps), cached=cached, finish_s=plan.finish_s, steps=tuple(ahead))


class StepCached(_Told):
    """Steps whose results were there already."""

    event: Literal["step.cached"] = "step.cached"
    names: tuple[str, ...]


class StepStarted(_Told):
    """A worker took the step."""

    event: Literal["step.started"] = "step.started"
    name: str


class StepProgress(_Told):
    """A share of a step is done."""

    event: Literal["step.progress"] = "step.progress"
    name: str
    done: float
    """0 to 1."""


class StepWaiting(_Told):
    """The step could go on, but for another run."""

    event: Literal["step.waiting"] = "step.waiting"
    name: str
    on: Literal["result", "machine"]
    """`result`: another run makes the same, and it will be shared. `machine`: other runs hold
    what the step needs of this machine."""


class StepMade(_Told):
    """The step ran, and its result is stored."""

    event: Literal["step.made"] = "step.made"
    name: str
    seconds: float
    """From handing it to a worker to its result."""


class StepRepaired(_Told):
    """A stored object turned out damaged; what made it is made again."""

    event: Literal["step.repaired"] = "step.repaired"
    name: str | None
    """The step that met the damage; None: it was met when files were delivered."""
    message: str


class StepFailed(_Told):
    """The step has no result."""

    event: Literal["step.failed"] = "step.failed"
    name: str
    message: str


class StepsCounted(_Told):
    """There are too many steps to name in a log: from here on they are counted."""

    event: Literal["steps.counted"] = "steps.counted"
    made: int
    """Steps made in the whole run so far; the other two count likewise."""
    cached: int
    failed: int


class RowsCounted(_Told):
    """How far a run has come that makes something for each row of a table."""

    event: Literal["rows.counted"] = "rows.counted"
    total: int
    made: int
    """Delivered by this run."""
    kept: int
    """Delivered before, and unchanged."""
    left_out: int
    """Something is wrong with them."""
    left_s: float
    """Foreseen seconds until the rest is made."""

    @property
    def done(self) -> int:
        """Rows that nothing more is to be done about."""
        return self.made + self.kept + self.left_out


class FilesSigned(_Told):
    """All is made, and so many of the files are labelled and signed."""

    event: Literal["files.signed"] = "files.signed"
    done: int
    total: int


class RunNoticed(_Told):
    """Something that people should know but that stops nothing."""

    event: Literal["run.noticed"] = "run.noticed"
    message: str


class RunDelivered(_Told):
    """The files are in their places, and the delivery's document says so."""

    event: Literal["run.delivered"] = "run.delivered"
    folder: str
    files: int


class RunEnded(_Told):
    """The last event. A run whose log has none, and that is not live any more, was
    killed or could not write on."""

    event: Literal["run.ended"] = "run.ended"
    how: Literal["delivered", "stage", "failed", "stopped"]
    """`stage`: at the document where it was asked to end. `stopped`: by whoever ran it."""
    wall_s: float
    message: str | None = None
    """Why, if it failed."""
    total: int = 0
    """Steps, as are the other three."""
    ran: int = 0
    cached: int = 0
    failed: int = 0


Event = (
    RunStarted
    | RunPlanned
    | StepCached
    | StepStarted
    | StepProgress
    | StepWaiting
    | StepMade
    | StepRepaired
    | StepFailed
    | StepsCounted
    | RowsCounted
    | FilesSigned
    | RunNoticed
    | RunDelivered
    | RunEnded
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_KINDS = {kind.model_fields["event"].default: kind for kind in get_args(Event)}


def line_of(event: Event) -> bytes:
    """An event as a line of a run's log. What isn't text, half of a surrogate pair, is escaped."""
    try:
        return event.model_dump_json().encode() + b"\n"
    except ValueError:
        told = json.dumps(event.model_dump(), ensure_ascii=False, separators=(",", ":"))
        return _SURROGATE.sub(_escaped, told).encode() + b"\n"


def _escaped(surrogate: re.Match[str]) -> str:
    return f"\\\\u{ord(surrogate[0]):04x}"


def event_of(line: bytes) -> Event | None:
    """The event of a line; None if this berg doesn't know it, or the line is damaged."""
    try:
        told = json.loads(line)
        if told["v"] != VERSION:
            return None
        event: Event = _KINDS[told["event"]].model_validate(told)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return event
