from hypothesis import given
from hypothesis import strategies as st

from berg.compute.simulate import finish_time, upward_ranks
from berg.schema.plan import PlannedStep


def _step(
    name: str, seconds: float, *needs: str, session: str | None = None, processors: int = 1
) -> PlannedStep:
    return PlannedStep(
        name=name,
        capability="c",
        recipe="",
        state="will run",
        needs=needs,
        amount=1,
        unit="u",
        seconds=seconds,
        out_bytes=0,
        memory_bytes=0,
        session=session,
        processors=processors,
    )


def test_independent_steps_share_the_slots() -> None:
    steps = [_step(str(i), 2.0) for i in range(4)]
    assert finish_time(steps, slots=2) == 4.0


def test_a_chain_takes_its_sum_whatever_the_slots() -> None:
    steps = [_step("a", 1), _step("b", 2, "a"), _step("c", 3, "b")]
    assert finish_time(steps, slots=8) == 6


def test_the_longest_chain_goes_first() -> None:
    steps = [_step("short", 1), _step("other", 1), _step("a", 1), _step("b", 3, "a")]
    assert finish_time(steps, slots=2) == 4


def test_a_session_serves_one_step_at_a_time() -> None:
    steps = [_step("a", 2, session="voice"), _step("b", 2, session="voice"), _step("c", 2)]
    assert finish_time(steps, slots=3) == 4


def test_a_step_that_keeps_several_processors_busy_waits_for_them() -> None:
    steps = [_step("a", 2), _step("wide", 3, processors=2), _step("b", 2)]
    assert finish_time(steps, slots=2) == 5, "both small ones, then the wide one"
    assert finish_time(steps, slots=3) == 4, "the wide one beside one after the other"


def test_a_step_wider_than_the_machine_takes_all_of_it() -> None:
    assert finish_time([_step("wide", 3, processors=9), _step("a", 1)], slots=2) == 4


def test_ranks_count_everything_that_hangs_on_a_step() -> None:
    steps = [_step("a", 1), _step("b", 2, "a"), _step("c", 5, "a")]
    assert upward_ranks(steps) == {"a": 6, "b": 2, "c": 5}


@given(times=st.lists(st.floats(0, 10), min_size=1, max_size=12), slots=st.integers(1, 4))
def test_no_schedule_beats_its_bounds(times: list[float], slots: int) -> None:
    steps = [_step(str(i), t, *([str(i - 2)] if i >= 2 else [])) for i, t in enumerate(times)]
    finish = finish_time(steps, slots=slots)
    lower = max(sum(times) / slots, max(upward_ranks(steps).values()))
    assert lower - 1e-6 <= finish <= sum(times) + 1e-6
