"""Rehearsal: the same line, with nothing run; what is stored is real, the rest is foreseen.

It answers a line's `do` with predicted results, so that the plan comes from the very code that
will run. Lines may await handles and nothing else; a rehearsal refuses the rest.
"""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Protocol, TypeVar

from berg.engine.ledger import Ledger, Trace
from berg.engine.values import assets_in
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
    """A promise whose value is known or predicted, once the rehearsal has looked."""

    __slots__ = (
        "followers",
        "guessed",
        "name",
        "out",
        "planned",
        "real",
        "step",
        "trace",
        "unsettled",
    )

    def __init__(self, name: str, step: Step[Any], trace: Trace) -> None:
        self.name, self.step, self.trace = name, step, trace
        self.planned: PlannedStep | None = None
        """Set with `out` and `real`."""
        self.out: Any = None
        self.real = False
        """Whether the value is stored, and not predicted."""
        self.guessed = False
        """Whether the line asked for it after a branch that may turn out otherwise."""
        self.unsettled = 0
        """How many of those that it takes are still to be looked up."""
        self.followers: list[Foreseen] = []
        """Those that take it and were asked for before it was looked up."""

    @property
    def recipe(self) -> str:
        """The step's recipe."""
        return self.trace.recipe

    def wait(self) -> Generator[Any, None, Any]:
        """Suspends only until the rehearsal has looked."""
        if self.planned is None:
            yield self
        return self.out


class Rehearsal:
    """A `Do` that runs nothing and changes nothing.

    Steps are looked up when the line awaits one, or ends: all whose inputs are known together, so
    that a wide line costs a few look-ups. It blocks: on a loop's machine, give it a thread.
    """

    def __init__(self, ledger: Ledger, clock: Clock, *, until: str | None = None) -> None:
        self._ledger = ledger
        self._clock = clock
        self._until = until
        self.delivers: list[tuple[str, str]] = []
        """Paths of files, and names of the steps that give them."""
        self.deliver_bytes = 0
        self.stopped_at: str | None = None
        self._guessed = False
        """Whether the line has branched on a document that is foreseen, not known."""
        self._promises: dict[str, Foreseen] = {}
        self._ready: list[Foreseen] = []
        """To be looked up: all that they take is known."""
        self._files: dict[str, Promised] = {}

    @property
    def steps(self) -> list[PlannedStep]:
        """The steps in the order in which they were asked for."""
        return [promise.planned for promise in self._promises.values() if promise.planned]

    @property
    def deliver_paths(self) -> list[str]:
        """Paths of the files that will be delivered."""
        return list(self._files)

    def run(self, line: Line) -> None:
        """Walk the line once. Raises LineError: it awaits what it may not."""
        walk = line(self)
        try:
            while isinstance(walk.send(None), Foreseen):
                self._settle()
        except StopIteration:
            pass
        except StageReached as reached:
            self.stopped_at = reached.args[0]
        else:
            raise LineError("a line may await nothing but handles")
        finally:
            walk.close()
        self._settle()
        for file in self._files.values():
            self.delivers.append((file.path, file.asset.promise.name))
            foreseen: Asset = follow(file.asset.promise.out, file.asset.path)
            self.deliver_bytes += foreseen.size

    def __call__(self, step: Step[O], *, name: str) -> Handle[O]:
        """Plan a step."""
        if name in self._promises:
            raise LineError(f"two steps are named {name!r}; names are unique in a run")
        promise = self._promises[name] = Foreseen(name, step, self._ledger.trace(step))
        promise.guessed = self._guessed
        for need in promise.trace.needs:
            if need.planned is None:
                need.followers.append(promise)
                promise.unsettled += 1
        if not promise.unsettled:
            self._ready.append(promise)
        return Handle(promise)

    def _settle(self) -> None:
        """Look up and foresee all that was asked for, wave by wave."""
        while self._ready:
            wave, self._ready = self._ready, []
            keys = {p.name: self._ledger.key(p.trace, p.step) for p in wave if _all_real(p)}
            asked = [(keys[p.name], p.step) for p in wave if p.name in keys]
            found = iter(self._ledger.look(asked))
            for promise in wave:
                self._foresee(promise, next(found) if promise.name in keys else None)
                for follower in promise.followers:
                    follower.unsettled -= 1
                    if not follower.unsettled:
                        self._ready.append(follower)

    def _foresee(self, promise: Foreseen, out: Out | None) -> None:
        step, kind = promise.step, promise.step.kind
        state: State = "cached" if out is not None else "depends"
        if out is None:
            state = "will run" if _all_real(promise) and not promise.guessed else "depends"
            call = self._ledger.call(step)
            promise.out, work, takes = kind.predict(call), kind.work(call), kind.needs_of(call)
            seconds = self._clock.seconds(kind, work)
            size = sum(asset.size for asset in assets_in(promise.out))
        else:
            promise.out, promise.real = out, True
            work, takes, seconds, size = Work(amount=0, unit=""), NOTHING, 0.0, 0
        promise.planned = PlannedStep(
            name=promise.name,
            capability=kind.capability,
            recipe=promise.recipe,
            state=state,
            needs=tuple(need.name for need in promise.trace.needs),
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

    async def stage(self, name: str, document: Handle[O]) -> O:
        """As the driver does: ends here when asked to."""
        value = await reach(name, document, until=self._until)
        foreseen = self._promises[document.promise.name]
        # A document made of what is there is made as it is foreseen; else it may come otherwise.
        self._guessed |= not foreseen.real and not _all_real(foreseen)
        return value

    def deliver(self, file: Promised) -> None:
        """Note that a file will be delivered."""
        if file.path in self._files:
            raise LineError(f"two deliverables are called {file.path!r}")
        self._files[file.path] = file


def _all_real(promise: Foreseen) -> bool:
    return all(need.real for need in promise.trace.needs)
