"""What would run, what is already there, and how long it should take."""

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from berg.cli.arguments import add_request, request_of
from berg.cli.serving import serving
from berg.cli.text import duration, plural, printable, size, table
from berg.schema.command import Answer, Command

if TYPE_CHECKING:
    from berg.schema.plan import Plan, PlannedRows, PlannedStep, Shared, State
    from berg.service import Forecast

HEADS: "dict[State, str]" = {
    "cached": "= cached",
    "will run": "+ will run",
    "depends": "~ depends on what will run",
}
LISTED = 12
"""A state with more steps is told by kind of step; JSON lists every one."""


def run(given: Namespace) -> Answer:
    """Rehearse it: nothing is made."""
    with serving() as service:
        plan = service.plan(request_of(given))
        forecast = service.forecast(plan, given.brief)
    return Answer(document=plan_document(plan, forecast), text=plan_text(plan, forecast))


def plan_document(plan: "Plan", forecast: "Forecast") -> dict[str, Any]:
    """A plan as JSON."""
    return {
        "steps": [_step_document(step) for step in plan.steps],
        "counts": {"total": len(plan.steps), **{state: plan.count(state) for state in HEADS}},
        "seconds": round(forecast.seconds, 1),
        "store_bytes": forecast.store_bytes,
        "deliver_bytes": forecast.deliver_bytes,
        "download_bytes": forecast.download_bytes,
        "disk_bytes": forecast.disk_bytes,
        "deliver": list(plan.deliver),
        "shared": None if plan.shared is None else _shared_document(plan.shared),
        "rows": None if plan.rows is None else _rows_document(plan.rows),
        "last": _last_document(forecast),
    }


def plan_text(plan: "Plan", forecast: "Forecast") -> str:
    """A plan as people read it."""
    lines = [line for state in HEADS for line in _state_lines(plan, state)]
    lines += [*_rows_lines(plan), _shared_line(plan)]
    lines += [_cost_line(plan, forecast), _disk_line(plan, forecast)]
    if forecast.last:
        last = forecast.last
        error = f"{last.error * 100:+.0f} %".replace("-", "−")
        lines.append(
            f"last time: foreseen {duration(last.predicted_s)}, took {duration(last.wall_s)} "
            f"({error})"
        )
    return "\n".join(line for line in lines if line)


def _shared_document(shared: "Shared") -> dict[str, Any]:
    return {
        "asked": shared.asked,
        "distinct": shared.distinct,
        "cached": shared.cached,
        "share": round(shared.share, 4),
    }


def _rows_document(rows: "PlannedRows") -> dict[str, Any]:
    return {
        "total": rows.total,
        "wanted": rows.wanted,
        "kept": rows.kept,
        "left_out": rows.left_out,
        "sampled": rows.sampled,
        "shared": _shared_document(rows.shared),
        "seconds": round(rows.seconds, 1),
        "store_bytes": rows.store_bytes,
        "deliver_bytes": rows.deliver_bytes,
        "files": rows.files,
    }


def _rows_lines(plan: "Plan") -> list[str]:
    rows = plan.rows
    if rows is None:
        return []
    parts = [f"{plural(rows.total, 'row')}: {rows.wanted:,} to make", f"{rows.kept:,} as before"]
    if rows.left_out:
        parts.append(f"{rows.left_out:,} can't be made")
    lines = [", ".join(parts)]
    if rows.sampled:
        lines[0] += f"; reckoned from {rows.sampled:,} of them, whose steps are above"
    return lines


def _shared_line(plan: "Plan") -> str:
    """What is saved by making once what several need; nothing where there is no sharing."""
    shared = plan.rows.shared if plan.rows else plan.shared
    if shared is None or shared.asked <= shared.distinct:
        return ""
    return (
        f"shared: {shared.asked:,} steps asked for, {shared.distinct:,} distinct "
        f"({shared.share:.0%} saved)"
    )


def _step_document(step: "PlannedStep") -> dict[str, Any]:
    return {
        "name": step.name,
        "capability": step.capability,
        "state": step.state,
        "recipe": step.recipe,
        "needs": list(step.needs),
        "amount": round(step.amount, 6),
        "unit": step.unit,
        "seconds": round(step.seconds, 3),
        "out_bytes": step.out_bytes,
        "memory_bytes": step.memory_bytes,
        "weights": list(step.weights),
    }


def _last_document(forecast: "Forecast") -> dict[str, Any] | None:
    if forecast.last is None:
        return None
    return {
        "run": forecast.last.run,
        "predicted_s": round(forecast.last.predicted_s, 1),
        "wall_s": round(forecast.last.wall_s, 1),
        "error": round(forecast.last.error, 3),
    }


def _state_lines(plan: "Plan", state: "State") -> list[str]:
    steps = [step for step in plan.steps if step.state == state]
    if not steps:
        return []
    head = f"{HEADS[state]}: {plural(len(steps), 'step')}"
    if state == "cached":
        return [head]
    rows = _rows(steps) if len(steps) <= LISTED else _rows_by_kind(steps)
    return [head, *table(rows)]


def _rows(steps: "Sequence[PlannedStep]") -> list[tuple[str, ...]]:
    return [
        (f"    {printable(step.name)}", _seconds(step.seconds), _bytes(step.out_bytes))
        for step in steps
    ]


def _rows_by_kind(steps: "Sequence[PlannedStep]") -> list[tuple[str, ...]]:
    """Kinds in the order in which the line comes to them."""
    kinds: dict[str, list[PlannedStep]] = {}
    for step in steps:
        kinds.setdefault(step.capability, []).append(step)
    return [
        (
            f"    {kind}",
            f"× {len(same)}",
            _seconds(sum(step.seconds for step in same)),
            _bytes(sum(step.out_bytes for step in same)),
        )
        for kind, same in kinds.items()
    ]


def _cost_line(plan: "Plan", forecast: "Forecast") -> str:
    if plan.count("cached") == len(plan.steps):
        return "nothing will run"
    if plan.rows is not None:
        return f"should take about {duration(forecast.seconds)}"
    work = sum(step.seconds for step in plan.steps)
    return f"should take about {duration(forecast.seconds)} ({duration(work)} of work)"


def _disk_line(plan: "Plan", forecast: "Forecast") -> str:
    parts = []
    if forecast.store_bytes:
        parts.append(f"{size(forecast.store_bytes)} in the store")
    count = len(plan.deliver) + (plan.rows.files if plan.rows else 0)
    if count:
        files = plural(count, "file")
        parts.append(f"{size(forecast.deliver_bytes)} delivered in {files}")
    if forecast.download_bytes:
        parts.append(f"{size(forecast.download_bytes)} to download")
    return ", ".join(parts)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.05 else ""


def _bytes(count: int) -> str:
    return size(count) if count else ""


COMMAND = Command(examples="example:\n  berg plan my/brief.yaml", arguments=add_request, run=run)
