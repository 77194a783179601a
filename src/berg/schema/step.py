"""Step: one pure piece of work, and the declaration of its kind.

A declaration (`StepKind`) is light to import: it says what a step needs, what it will give, and
how much work it is. The work itself is named by `runner` and imported only by a worker.
Not here: keys and recipes (`berg.schema.keys`), running (`berg.engine`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from berg.schema._base import Frozen
from berg.schema.needs import Needs


class Params(Frozen):
    """What a step is told, known before anything runs. Integers, text, rationals; no floats."""


class Inputs(Frozen):
    """What a step is handed: assets and values that other steps gave, once they exist."""


class Out(Frozen):
    """What a step gives: plain data and assets."""


P = TypeVar("P", bound=Params)
I = TypeVar("I", bound=Inputs)  # noqa: E741
O = TypeVar("O", bound=Out)  # noqa: E741


class NoInputs(Inputs):
    """For steps that are told everything they need."""


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


@dataclass(frozen=True, kw_only=True)
class StepKind(Generic[P, I, O]):
    """The declaration of a kind of step."""

    capability: str
    """What it does, `family.verb`: `speech.synthesize`."""
    version: int
    """Raised whenever the same parameters and inputs give other bytes."""
    params: type[P]
    inputs: type[I]
    out: type[O]
    runner: str
    """Where the work is: `berg.steps.speech.run:synthesize`, called as `(params, inputs, ctx)`."""
    predict: Callable[[P, I], O]
    """The result as foreseen, without running; inputs may themselves be predicted."""
    work: Callable[[P, I], Work]
    seconds_per_unit: float
    """Prior for the time of one unit of work on one 2020s core, until this machine's is learned."""
    overhead_s: float = 0.01
    """Prior for the time that a step takes whatever its size."""
    tools: tuple[str, ...] = ()
    """Distributions whose version shapes the bytes, such as `av`; their versions are in the key."""
    needs: Needs | Callable[[P, I], Needs] = Needs()  # noqa: RUF009 - frozen
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

    def needs_of(self, params: P, inputs: I) -> Needs:
        """What one such step takes; inputs may be predicted."""
        return self.needs if isinstance(self.needs, Needs) else self.needs(params, inputs)

    def step(
        self,
        *,
        params: P,
        inputs: Mapping[str, Any] | None = None,
        weights: tuple[str, ...] = (),
        seed: int = 0,
        secrets: tuple[str, ...] = (),
        former: Callable[[], Any] | None = None,
    ) -> "Step[O]":
        """A step of this kind. `inputs` may hold handles where values will stand."""
        return Step(
            kind=self,
            params=params,
            inputs=dict(inputs or {}),
            weights=weights,
            seed=seed,
            secrets=secrets,
            former=former,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Step(Generic[O]):
    """One piece of work, as asked for; pure in all that it names."""

    kind: StepKind[Any, Any, O]
    params: Params
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """Trees (lists, tuples, dicts) of plain data, assets, outs and handles, by input name."""
    weights: tuple[str, ...] = ()
    """Catalogue names of the weights and fonts it opens; their digests are in the key."""
    seed: int = 0
    secrets: tuple[str, ...] = ()
    """Ids of the secrets that it needs. An id is a digest of its secret and stands among the
    parameters, so it is in the key; the secret itself goes to the worker alone."""
    former: Callable[[], Any] | None = None
    """The parameters as they were under rule 1 of keys, where their form has changed since; asked
    only on homes that have results of that time (`berg.schema.former`)."""
