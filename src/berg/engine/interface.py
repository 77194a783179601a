"""What a driver may ask of an engine. Two nouns: an engine takes jobs, a job gives events."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from berg.schema.needs import Needs
from berg.schema.receipt import Receipt


@dataclass(frozen=True, kw_only=True, slots=True)
class JobSpec:
    """A step made concrete: every input a value, everything in plain data, ready to travel."""

    id: str
    """Unique in the engine."""
    name: str
    """The step's name in its run, for people."""
    runner: str
    """`module:function` of the work."""
    params_type: str
    """`module:class` that `params` is read as."""
    params: Any
    inputs_type: str
    inputs: Any
    seed: int = 0
    identity: str = ""
    """The step's key."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """In hexadecimal, by id; for the worker's ears alone."""
    weights: tuple[str, ...] = ()
    needs: Needs = Needs()  # noqa: RUF009 - frozen
    """What it takes of the machine, and the session that must be resident."""
    time_limit_s: float = 600.0
    """Silence after which the job counts as hung."""
    priority: float = 0.0
    """Higher starts earlier."""

    def to_message(self) -> dict[str, Any]:
        """The same as a map for the wire; shallow, since nothing in it is changed. Of its needs a
        worker is told the session."""
        message = {name: getattr(self, name) for name in self.__slots__}
        session = message.pop("needs").session
        return message | {"session": None if session is None else asdict(session)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
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


Event = Progress | Started | Waiting


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a job gave: the out as plain data, and what it took."""

    out: Any
    receipt: Receipt


class Job(Protocol):
    """One job under way."""

    def events(self) -> AsyncIterator[Event]:
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
    """Runs jobs somewhere. Workers write objects straight to the store; only records come back."""

    def submit(self, spec: JobSpec) -> Job:
        """Queue a job; returns at once."""
        ...

    async def close(self) -> None:
        """Stop every worker; jobs under way are cancelled."""
        ...
