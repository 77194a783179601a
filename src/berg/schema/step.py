"""Step: one pure piece of work, and the declaration of its kind.

A declaration (`StepKind`) is light to import: it says what a step needs, what it will give, and
how much work it is. The work itself is named by `runner` and imported only by a worker.
Not here: keys and recipes (`berg.schema.keys`), running (`berg.engine`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, ParamSpec, TypeVar

from berg.schema._base import Frozen
from berg.schema.call import AsAsked, Call, Inputs, Params
from berg.schema.needs import Needs


class Out(Frozen):
    """What a step gives: plain data and assets."""


A = ParamSpec("A")
C = TypeVar("C", bound=Call)
O = TypeVar("O", bound=Out)  # noqa: E741


Reproducible = Literal["bits", "processor", "no"]
"""How far the same step, run again, gives the same bytes.

- `bits`: on every machine that has the same tools.
- `processor`: on machines of one processor family. Elsewhere it gives an equally good result.
- `no`: never for sure (something outside is asked, or threads race).

What follows: a key still names one result, the first that was made, and steps after it hang on its
content; so a second machine shares results rather than making them again. Golden digests of what
it gives hold everywhere, on one family, or nowhere. A stored result that turns out damaged is made
again in silence if it comes out the same, which is an error where it does not; of a `no` it is an
error at once, since a delivery that holds it could never be made whole again.
"""
Keep = Literal["result", "latest", "scratch"]
"""How long a result is kept. Whatever a run under way uses is kept in any case, and what the
latest runs used, so that a stopped one goes on.

- `result`: as long as a delivery stands that hangs on it. An edit pays only for what is new.
- `latest`: so too, but of a chain of such steps, each taking the one before, only the last:
  checkpoints.
- `scratch`: no delivery keeps it. For what is quick to make again and large to keep.
"""
Sense = Literal["heard", "seen", "both", "none"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """How much there is to do, in the unit in which a kind's time grows."""

    amount: float
    """Number of `unit`s; 0 for work whose time does not depend on its size."""
    unit: str
    """`audio_s`, `megapixel_frames`, `characters`, …: rates are learned for each capability."""


def _none(call: Any) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class StepKind(Generic[A, C, O]):
    """The declaration of a kind of step. Called with the fields of its `call`, it gives a step."""

    capability: str
    """What it does, `family.verb`: `speech.synthesize`."""
    version: int
    """Raised whenever the same call gives other bytes."""
    call: Callable[A, C]
    """The class of its calls, a `Call`: what it is told and handed."""
    out: type[O]
    predict: Callable[[C], O]
    """The result as foreseen, without running; what it is handed may itself be predicted."""
    work: Callable[[C], Work]
    seconds_per_unit: float
    """Prior for the time of one unit of work on one 2020s core, until this machine's is learned."""
    overhead_s: float = 0.01
    """Prior for the time that a step takes whatever its size."""
    tools: tuple[str, ...] = ()
    """Distributions whose version shapes the bytes, such as `av`; their versions are in the key."""
    needs: Needs | Callable[[C], Needs] = Needs()  # noqa: RUF009 - frozen
    """What it takes of a machine: the same for all such steps, or reckoned for each."""
    time_limit_s: float = 600.0
    """Silence (no progress) after which a step counts as hung."""
    origin: Literal["trained", "computed"] | None = None
    """Of media that it makes of nothing but data: by a trained model (where the step opens
    weights), or computed without one. None: it reworks what it is handed. Says what a manifest
    tells of the result; in no key."""
    reproducible: Reproducible = "processor"
    """How far the same step gives the same bytes; see `Reproducible`."""
    keep: Keep = "result"
    """How long its result is kept; see `Keep`."""
    called: str | None = None
    """What its work is called in a manifest: `voice`, `captions`; None: as its capability."""
    sense: Sense = "seen"
    """Whether what it makes is heard or seen: what of a film's lineage its sound holds, what a
    still of it."""

    weights: Callable[[C], tuple[str, ...]] = _none
    """Catalogue names of the weights and fonts that a step opens; their digests are in its key.
    Of what it is handed, only what is given as a value can be asked here."""
    secrets: Callable[[C], tuple[str, ...]] = _none
    """Ids of the secrets that a step needs. An id is a digest of its secret and stands among what
    the step is told, so it is in the key; the secret itself goes to the worker alone."""
    runner: str = ""
    """Where the work is, `berg.steps.speech.run:synthesize`, called as `(call, ctx)`. Unless it is
    told: in `run.py` beside the declaration, under the verb of its capability."""

    def __post_init__(self) -> None:
        """Make the models of what it is told and handed."""
        self.calls.build()
        if not self.runner:
            package = self.calls.__module__.rpartition(".")[0]
            verb = self.capability.rpartition(".")[2]
            object.__setattr__(self, "runner", f"{package}.run:{verb}")

    @property
    def calls(self) -> type[C]:
        """`call`, as the class that it is."""
        return self.call  # type: ignore[return-value]

    @property
    def params(self) -> type[Params]:
        """The model of what it is told."""
        return self.calls.told

    @property
    def inputs(self) -> type[Inputs]:
        """The model of what it is handed."""
        return self.calls.handed

    def __call__(self, *args: A.args, **fields: A.kwargs) -> "Step[O]":
        """A step of this kind, of what it is told and of values or handles of what it is handed.

        Raises:
            TypeError: a field is missing, or is none of the call's.
            ValidationError: what it is told is not of its type.
        """
        calls = self.calls
        told, handed = calls.split(fields)
        params = calls.told(**told)
        if self.weights is _none and self.secrets is _none:
            return Step(kind=self, params=params, inputs=handed)
        asked = calls.of(params, AsAsked(calls.handed, handed))
        weights, secrets = self.weights(asked), self.secrets(asked)
        return Step(kind=self, params=params, inputs=handed, weights=weights, secrets=secrets)

    def of(self, call: C) -> "Step[O]":
        """A step of this kind, every field of which is a value already."""
        asked: Any = self
        step: Step[O] = asked(**call.fields())
        return step

    def call_of(self, params: Params, inputs: Mapping[str, Any]) -> C:
        """The call of a step whose inputs are values by now; these may be predicted."""
        return self.calls.of(params, self.inputs.model_validate(dict(inputs)))

    def needs_of(self, call: C) -> Needs:
        """What one such step takes of a machine."""
        return self.needs if isinstance(self.needs, Needs) else self.needs(call)


@dataclass(frozen=True, kw_only=True, slots=True)
class Step(Generic[O]):
    """One piece of work, as asked for; pure in all that it names."""

    kind: StepKind[..., Any, O]
    params: Params
    """What it is told."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """Trees (lists, tuples, dicts) of plain data, assets, outs and handles, by input name."""
    weights: tuple[str, ...] = ()
    """Catalogue names of the weights and fonts it opens; their digests are in the key."""
    seed: int = 0
    secrets: tuple[str, ...] = ()
    """Ids of the secrets that it needs."""
    former: Callable[[], Any] | None = None
    """The parameters as they were under rule 1 of keys, where their form has changed since; asked
    only on homes that have results of that time (`berg.schema.former`)."""

    def seeded(self, seed: int) -> "Step[O]":
        """The same with a seed, for work that draws."""
        return replace(self, seed=seed)
