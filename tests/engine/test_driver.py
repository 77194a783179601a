import subprocess
import sys
from pathlib import Path

import pytest

from berg.errors import StepError, WorkerDied
from berg.schema.do import Do
from tests.engine.stage import Ended, perform
from tests.engine.tiny import add, blob, trouble, use_desk
from tests.patience import PATIENCE_S


async def _chain(do: Do) -> None:
    one = do(blob("one"), name="one")
    two = do(blob("two", one.data), name="two")
    do(blob("three", two.data), name="three")


def _object(home: Path, ended: Ended, name: str) -> Path:
    sha = ended.driver.steps[name].future.result().data.sha256  # type: ignore[attr-defined]
    return home / "objects" / sha[:2] / sha


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    assert perform(tmp_path, _chain).names("ran") == {"one", "two", "three"}
    assert perform(tmp_path, _chain).names("cached") == {"one", "two", "three"}


def test_a_step_whose_inputs_turn_out_the_same_is_not_made_again(tmp_path: Path) -> None:
    def line_with(first: int) -> "object":
        async def line(do: Do) -> None:
            one = do(add(first), name="one")
            do(add(1, one.parity), name="two")

        return line

    perform(tmp_path, line_with(2))  # type: ignore[arg-type]
    ended = perform(tmp_path, line_with(4))  # type: ignore[arg-type]
    assert (ended.state("one"), ended.state("two")) == ("ran", "cached")


def test_a_failing_step_stops_the_run_and_what_was_finished_is_kept(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        good = do(add(1), name="good")
        bad = do(trouble("raise", good.value), name="bad")
        do(add(2, bad.value), name="after")

    ended = perform(tmp_path, line)
    assert isinstance(ended.error, StepError)
    assert ended.error.where == "bad"
    assert "the work can't be done" in ended.error.message
    assert ended.state("good") == "ran"
    assert ended.state("after") == "failed"
    assert perform(tmp_path, line).state("good") == "cached"


@pytest.mark.parametrize(
    ("how", "cause"), [("crash", "SIGSEGV"), ("kill", "memory ran out"), ("hang", "sign of life")]
)
def test_a_dying_worker_fails_its_step_with_the_cause(tmp_path: Path, how: str, cause: str) -> None:
    async def line(do: Do) -> None:
        do(trouble(how), name="bad")
        do(add(1), name="good")

    ended = perform(tmp_path, line)
    assert isinstance(ended.error, WorkerDied)
    assert cause in ended.error.message
    assert len(ended.notices) == 1, "it is tried once more, and said"
    assert ended.state("good") == "ran"


@pytest.mark.parametrize("how", ["crash", "kill", "hang"])
def test_a_worker_that_dies_once_costs_nothing_but_time(tmp_path: Path, how: str) -> None:
    async def line(do: Do) -> None:
        do(trouble(how, flag=tmp_path / "flag"), name="shaky")

    ended = perform(tmp_path / "home", line)
    assert ended.error is None
    assert ended.state("shaky") == "ran"


def test_running_out_of_memory_inside_a_step_is_named(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        do(trouble("memory"), name="bad")

    assert "out of memory" in str(perform(tmp_path, line).error)


@pytest.mark.parametrize("damage", [b"", b"other"])
def test_a_damaged_object_is_set_aside_and_made_again(tmp_path: Path, damage: bytes) -> None:
    ended = perform(tmp_path, _chain)
    victim = _object(tmp_path, ended, "two")
    whole = victim.read_bytes()
    victim.chmod(0o600)
    victim.write_bytes(damage.ljust(len(whole), b"x") if damage else b"")

    async def longer(do: Do) -> None:
        one = do(blob("one"), name="one")
        two = do(blob("two", one.data), name="two")
        do(blob("four", two.data), name="four")

    again = perform(tmp_path, longer)
    assert again.error is None
    assert victim.read_bytes() == whole
    assert again.state("one") == "cached"


def test_two_runs_at_once_share_the_work(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.engine.test_driver import _slow_line;"
        "from tests.engine.stage import perform;"
        "print(len(perform(Path(sys.argv[1]), _slow_line).names('ran')))"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    made = [int(process.communicate(timeout=PATIENCE_S)[0]) for process in both]
    assert sum(made) == 4, "each step was made by one of the two"


async def _slow_line(do: Do) -> None:
    for index in range(4):
        do(use_desk(index), name=f"desk/{index}")


def test_a_session_is_opened_once_and_stays_resident(tmp_path: Path) -> None:
    ended = perform(tmp_path, _slow_line)
    outs = [step.future.result() for step in ended.driver.steps.values()]
    assert sorted(out.value for out in outs) == [1, 2, 3, 4]  # type: ignore[attr-defined]
    assert len({out.parity for out in outs}) == 1, "one process"  # type: ignore[attr-defined]


def test_independent_steps_run_side_by_side(tmp_path: Path) -> None:
    async def line(do: Do) -> None:
        for index in range(2):
            do(trouble("slow", do(add(index), name=f"a{index}").value), name=f"slow/{index}")

    order = perform(tmp_path, line).order
    slow = [(what, name) for what, name in order if name.startswith("slow")]
    assert [what for what, _ in slow] == ["begun", "begun", "done", "done"]
