"""What a driver may ask of an engine. Two nouns: an engine takes jobs, a job gives events."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from berg.engine.secrets import Secrets
from berg.schema.needs import Needs
from berg.schema.receipt import Receipt
from berg.store.interface import Loan


@dataclass(frozen=True, kw_only=True, slots=True)
class JobSpec:
    """A step made concrete: every input a value, everything in plain data, ready to travel."""

    id: str
    """Unique in the engine."""
    name: str
    """The step's name in its run, for people."""
    runner: str
    """`module:function` of the work."""
    call: str
    """`module:class` of the call that `params` and `inputs` are read as."""
    params: Any
    """What it is told."""
    inputs: Any
    """What it is handed."""
    seed: int = 0
    identity: str = ""
    """The step's key."""
    secrets: tuple[str, ...] = ()
    """Ids of the secrets that it asks for; they themselves are no part of a job."""
    loans: Mapping[str, Loan] = field(default_factory=dict)
    """Users' files among its inputs, by digest: a worker has no index to find them by."""
    run: str = ""
    """The run that asks. Runs take turns; a job's priority counts among those of its run."""
    weights: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file that it opens, by its catalogue name: a worker needs no catalogue."""
    needs: Needs = Needs()  # noqa: RUF009 - frozen
    """What it takes of the machine, and the session that must be resident."""
    time_limit_s: float = 600.0
    """Silence after which the job counts as hung."""
    priority: float = 0.0
    """Higher starts earlier, among the jobs of its run."""

    def to_message(self) -> dict[str, Any]:
        """The same as a map for the wire; shallow, since nothing in it is changed. Of its needs a
        worker is told the session."""
        message = {name: getattr(self, name) for name in self.__slots__}
        session = message.pop("needs").session
        return message | {
            "session": None if session is None else asdict(session),
            "loans": {name: asdict(loan) for name, loan in self.loans.items()},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class JobProgress:
    """An event: the share of the job done."""

    done: float
    """0 to 1."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Started:
    """An event: a worker has taken the job."""

    worker: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """An event: the job could start, but another run holds what it needs of the machine."""


JobEvent = JobProgress | Started | Waiting


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a job gave: the out as plain data, and what it took."""

    out: Any
    receipt: Receipt


class Job(Protocol):
    """One job under way."""

    def events(self) -> AsyncIterator[JobEvent]:
        """Events in order, until the job ends. May be left unread."""
        ...

    async def result(self) -> Result:
        """The result.

        Raises:
            BergError: as the step raised it.
            StepError: the work failed in a way that it did not foresee.
            WorkerDied: crash, kill or time limit; worth one retry.
        """
        ...

    def cancel(self) -> None:
        """Stop the job if it runs, drop it if it waits; its result raises Interrupted."""
        ...


class Engine(Protocol):
    """Runs jobs somewhere, of many runs at once, which take turns.

    Workers open the objects and no more of a store; they write objects, and only records come back.
    """

    def submit(self, spec: JobSpec, secrets: Secrets | None = None) -> Job:
        """Queue a job; returns at once. `secrets` has those that it asks for."""
        ...

    async def close(self) -> None:
        """Stop every worker; jobs under way are cancelled."""
        ...
