"""Rehearsal: the same line, with nothing run; what is stored is real, the rest is foreseen.

It answers a line's `do` with predicted results, so that the plan comes from the very code that
will run. Lines may await handles and nothing else; a rehearsal refuses the rest.
"""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Protocol, TypeVar

from berg.engine.ledger import Ledger, assets_in
from berg.errors import LineError
from berg.schema.asset import Asset
from berg.schema.do import Do
from berg.schema.handle import Handle, follow
from berg.schema.needs import Needs
from berg.schema.plan import PlannedStep, State
from berg.schema.promised import Promised
from berg.schema.step import Out, Step, StepKind, Work

O = TypeVar("O", bound=Out)  # noqa: E741
NOTHING = Needs(processors=0, memory_bytes=0)
"""What a result takes that is there."""
Line = Callable[[Do], Coroutine[Any, Any, None]]
"""A production line, bound to what was asked."""


class StageReached(Exception):  # noqa: N818 - not an error: the run was asked to end here
    """The document at which `--until` ends a run."""

    def __init__(self, stage: str, document: Out) -> None:
        super().__init__(stage)
        self.document = document


async def reach(name: str, document: Handle[O], *, until: str | None) -> O:
    """Await a stage's document; ends the run there if that is where it was asked to end."""
    value = await document
    if until == name:
        raise StageReached(name, value)
    return value


class Clock(Protocol):
    """Foresees how long work takes."""

    def seconds(self, kind: StepKind[..., Any, Any], work: Work) -> float:
        """Wall seconds of one step."""
        ...


class Foreseen:
    """A promise whose value is known or predicted already."""

    __slots__ = ("name", "out", "real", "recipe")

    def __init__(self, *, name: str, recipe: str, out: Out, real: bool) -> None:
        self.name = name
        self.recipe = recipe
        self.out = out
        self.real = real

    def wait(self) -> Generator[Any, None, Any]:
        """Never suspends."""
        return self.out
        yield


class Rehearsal:
    """A `Do` that runs nothing."""

    def __init__(self, ledger: Ledger, clock: Clock, *, until: str | None = None) -> None:
        self._ledger = ledger
        self._clock = clock
        self._until = until
        self.steps: list[PlannedStep] = []
        self.deliver_paths: list[str] = []
        self.deliver_bytes = 0
        self.delivers: list[tuple[str, str]] = []
        """Paths of files, and names of the steps that give them."""
        self.stopped_at: str | None = None
        self._names: set[str] = set()

    def run(self, line: Line) -> None:
        """Walk the line once."""
        coroutine = line(self)
        try:
            coroutine.send(None)
        except StopIteration:
            return
        except StageReached as reached:
            self.stopped_at = reached.args[0]
            return
        coroutine.close()
        raise LineError("a line may await nothing but handles")

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Plan a step."""
        if name in self._names:
            raise LineError(f"two steps are named {name!r}; names are unique in a run")
        self._names.add(name)
        promise, planned = self._foresee(step, name)
        self.steps.append(planned)
        return Handle(promise)

    def _foresee(self, step: Step[Any], name: str) -> tuple[Foreseen, PlannedStep]:
        kind = step.kind
        trace = self._ledger.trace(step)
        out: Out | None = None
        state: State = "depends"
        if all(promise.real for promise in trace.needs):
            out = self._ledger.find(self._ledger.key(trace, step), step)
            state = "cached" if out is not None else "will run"
        real = out is not None
        if out is None:
            call = self._ledger.call(step)
            out, work, takes = kind.predict(call), kind.work(call), kind.needs_of(call)
            seconds = self._clock.seconds(kind, work)
            size = sum(asset.size for asset in assets_in(out))
        else:
            work, takes, seconds, size = Work(amount=0, unit=""), NOTHING, 0.0, 0
        planned = PlannedStep(
            name=name,
            capability=kind.capability,
            recipe=trace.recipe,
            state=state,
            needs=tuple(promise.name for promise in trace.needs),
            amount=work.amount,
            unit=work.unit,
            seconds=seconds,
            out_bytes=size,
            memory_bytes=takes.memory_bytes,
            session=None if takes.session is None else takes.session.name,
            processors=takes.processors,
            scratch_bytes=takes.scratch_bytes,
            weights=step.weights,
        )
        return Foreseen(name=name, recipe=trace.recipe, out=out, real=real), planned

    async def stage(self, name: str, document: Handle[O]) -> O:
        """As the driver does: ends here when asked to."""
        return await reach(name, document, until=self._until)

    def deliver(self, file: Promised) -> None:
        """Note that a file will be delivered."""
        if file.path in self.deliver_paths:
            raise LineError(f"two deliverables are called {file.path!r}")
        self.deliver_paths.append(file.path)
        self.delivers.append((file.path, file.asset.promise.name))
        foreseen: Asset = follow(file.asset.promise.out, file.asset.path)
        self.deliver_bytes += foreseen.size
