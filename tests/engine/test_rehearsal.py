import asyncio
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.engine.rehearsal import Line
from berg.errors import LineError
from berg.schema.do import Do
from tests.engine.stage import perform, rehearse
from tests.engine.tiny import Sum, add, blob
from tests.lines.doubles import walk


def _line_of(shape: list[tuple[int, list[int]]]) -> Line:
    """A line with one step an entry: an amount, and which earlier steps it adds."""

    async def line(do: Do) -> None:
        handles = []
        for index, (amount, earlier) in enumerate(shape):
            terms = [handles[e % len(handles)].value for e in earlier] if handles else []
            handles.append(do(add(amount, *terms), name=f"step/{index}"))
            if amount % 5 == 0:  # a branch: one more step when the sum is even
                result = await handles[-1]
                if result.parity == 0:
                    do(add(1, handles[-1].value), name=f"step/{index}/even")

    return line


shapes = st.lists(
    st.tuples(st.integers(0, 20), st.lists(st.integers(0, 50), max_size=4)), max_size=8
)


@settings(max_examples=50)
@given(shape=shapes)
def test_rehearsed_names_and_edges_are_those_of_the_run(
    tmp_path_factory: pytest.TempPathFactory, shape: list[tuple[int, list[int]]]
) -> None:
    home = tmp_path_factory.mktemp("home")
    line = _line_of(shape)
    rehearsal = rehearse(home, line)
    walked = walk(home, line, lambda spec, store: None)  # really done, in this process
    foreseen = {(s.name, need) for s in rehearsal.steps for need in s.needs}
    assert {s.name for s in rehearsal.steps} == walked.names
    assert foreseen == walked.edges


def test_a_plan_says_cached_will_run_or_depends(tmp_path: Path) -> None:
    async def first(do: Do) -> None:
        do(add(1), name="one")

    async def second(do: Do) -> None:
        one = do(add(1), name="one")
        two = do(add(2, one.value), name="two")
        do(add(3, two.value), name="three")

    perform(tmp_path, first)
    states = {step.name: step.state for step in rehearse(tmp_path, second).steps}
    assert states == {"one": "cached", "two": "will run", "three": "depends"}


def test_a_rehearsal_runs_nothing_and_stores_nothing(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        do(blob("text"), name="blob")

    rehearsal = rehearse(tmp_path, line)
    assert [step.state for step in rehearsal.steps] == ["will run"]
    assert not [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]


def test_a_line_that_awaits_anything_but_a_handle_is_refused(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        await asyncio.sleep(0)

    with pytest.raises(LineError, match="nothing but handles"):
        rehearse(tmp_path, line)


def test_two_steps_of_one_name_are_refused(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        do(add(1), name="same")
        do(add(2), name="same")

    with pytest.raises(LineError, match="same"):
        rehearse(tmp_path, line)
    assert "same" in str(perform(tmp_path, line).error)


def test_a_handle_can_be_neither_tested_nor_counted_before_its_value(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        handle = do(add(1), name="one")
        with pytest.raises(TypeError):
            bool(handle)
        with pytest.raises(TypeError):
            list(handle)
        assert isinstance(await handle, Sum)

    rehearse(tmp_path, line)


def test_what_follows_a_branch_on_a_foreseen_document_depends(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        known = await do.stage("known", do(add(1), name="one"))
        do(add(known.value, known.value), name="sure")
        two = do(add(2, do(add(5), name="five").value), name="two")
        document = await do.stage("foreseen", two)
        do(add(document.value), name="guessed")

    states = {step.name: step.state for step in rehearse(tmp_path, line).steps}
    assert states["sure"] == "will run"
    assert states["guessed"] == "depends"
    perform(tmp_path, line)
    assert {step.state for step in rehearse(tmp_path, line).steps} == {"cached"}
