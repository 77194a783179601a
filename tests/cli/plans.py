"""Plans as a rehearsal would give them, without one."""

from berg.schema.plan import Plan, PlannedStep, State


def step(
    name: str,
    *,
    seconds: float = 1.0,
    state: State = "will run",
    needs: tuple[str, ...] = (),
    capability: str = "video.render_shot",
) -> PlannedStep:
    """A step that stores a megabyte."""
    return PlannedStep(
        name=name,
        capability=capability,
        recipe="0" * 64,
        state=state,
        needs=needs,
        amount=1.0,
        unit="frames",
        seconds=0.0 if state == "cached" else seconds,
        out_bytes=0 if state == "cached" else 1_000_000,
        memory_bytes=0,
        session=None,
    )


def plan(*steps: PlannedStep, finish_s: float = 30.0) -> Plan:
    """A plan that delivers one film."""
    return Plan(steps=steps, finish_s=finish_s, deliver=("a.mp4",), deliver_bytes=2_000_000)
