"""What a plan costs: time, disk, downloads, and how far off the last forecast of it was."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from berg.compute.simulate import finish_time
from berg.schema.events import StepAhead
from berg.schema.plan import Plan
from berg.store import Store
from berg.weights import Weights

START_S = 2.0
"""What a make takes beside its steps: its own start, its workers' starts and imports, on 2020s
cores."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastTime:
    """The last finished run of the same brief that had something to make."""

    run: str
    predicted_s: float
    wall_s: float

    @property
    def error(self) -> float:
        """Predicted over actual, less one: 0.1 means foreseen 10 % too long."""
        return self.predicted_s / self.wall_s - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Forecast:
    """Beyond the plan itself."""

    seconds: float
    store_bytes: int
    """What the store will grow by."""
    deliver_bytes: int
    """The delivered files, which are copies."""
    download_bytes: int
    """Weights that are not here yet."""
    last: LastTime | None
    scratch_bytes: int = 0
    """The most that one step writes aside before it has its result."""

    @property
    def disk_bytes(self) -> int:
        """All that disks must have room for; files delivered before are counted anew."""
        made = self.store_bytes + self.deliver_bytes + self.scratch_bytes
        return made + self.download_bytes


def forecast(plan: Plan, brief: str, *, store: Store, weights: Weights) -> Forecast:
    """Cost of a plan; `brief` is the brief's resolved path."""
    rows = plan.rows
    wanted = {name for step in plan.steps if step.state != "cached" for name in step.weights}
    sizes = {entry.name: entry.size for entry in weights.entries()}
    download = sum(sizes[name] for name in wanted if not weights.has(name))
    once = plan.steps[: len(plan.steps) - plan.row_steps]
    return Forecast(
        seconds=plan.finish_s,
        store_bytes=sum(step.out_bytes for step in once) + (rows.store_bytes if rows else 0),
        deliver_bytes=plan.deliver_bytes + (rows.deliver_bytes if rows else 0),
        download_bytes=download,
        last=_last_time(brief, store),
        scratch_bytes=max((step.scratch_bytes for step in plan.steps), default=0),
    )


def time_left(
    ahead: Iterable[StepAhead],
    *,
    done: Collection[str],
    under: Mapping[str, float],
    pace: float,
    slots: int,
) -> float:
    """Wall seconds until what is left of a plan is made.

    `under` gives the seconds left of the steps under way; all others take `pace` times what the
    plan says.
    """
    left = [step for step in ahead if step.name not in done]
    names = {step.name for step in left}
    timed = [
        StepAhead(
            name=step.name,
            seconds=under.get(step.name, step.seconds * pace),
            needs=tuple(need for need in step.needs if need in names),
            session=step.session,
            processors=step.processors,
        )
        for step in left
    ]
    return finish_time(timed, slots=slots)


def _last_time(brief: str, store: Store) -> LastTime | None:
    for run in store.runs():
        summary = run.summary or {}
        ran = summary.get("steps", {}).get("ran", 0)
        if run.info.get("brief") == brief and ran and summary.get("wall_s"):
            return LastTime(
                run=run.run,
                predicted_s=float(summary.get("predicted_s", 0.0)),
                wall_s=max(0.001, summary["wall_s"] - summary.get("pulled_s", 0.0)),
            )
    return None
