"""A call: what is told and handed apart, values and handles, nothing that isn't a field."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from berg.errors import LineError
from berg.schema.asset import Asset
from berg.schema.call import Call, Each, Given, Parts
from berg.schema.handle import Handle
from berg.schema.step import Out, StepKind, Work


class Record(Out):
    left: int = 0
    right: int = 0


class Base(Call):
    width: int
    mark: str | None = None


class Ask(Base):
    """Some of everything."""

    count: Given[int]
    terms: Each[int] = Each(())
    pair: Parts[Record] = Parts(Record())
    file: Given[Asset | None] = Given(None)


class Sum(Out):
    value: int


KIND = StepKind(
    capability="some.ask",
    version=1,
    call=Ask,
    out=Sum,
    predict=lambda call: Sum(value=call.count + sum(call.terms) + call.pair.left),
    work=lambda call: Work(amount=call.width, unit="pixels"),
    seconds_per_unit=1.0,
    secrets=lambda call: () if call.mark is None else (call.mark,),
    weights=lambda call: () if call.file else ("font",),
)


class Promise:
    name = "a step"
    out = Sum(value=4)

    def wait(self) -> Any:
        yield


HANDLE: Handle[Any] = Handle(Promise())  # type: ignore[arg-type]


def test_a_step_is_asked_for_with_values_or_handles_of_what_it_is_handed() -> None:
    step = KIND(width=3, count=HANDLE.value, terms=[1, HANDLE.value], pair={"left": HANDLE.value})
    assert step.params.model_dump() == {"width": 3, "mark": None}
    assert step.inputs["count"] is not HANDLE
    assert set(step.inputs) == {"count", "terms", "pair"}, "what wasn't said isn't there"


def test_a_call_whose_values_exist_predicts() -> None:
    call = KIND.call_of(KIND(width=3, count=1).params, {"count": 1, "pair": {"left": 2}})
    assert KIND.predict(call) == Sum(value=3)
    assert KIND.work(call).amount == 3
    assert call == Ask(width=3, count=1, pair=Record(left=2))
    assert hash(call) == hash(Ask(width=3, count=1, pair=Record(left=2)))


def test_a_step_of_a_whole_call_is_the_step_that_its_fields_ask_for() -> None:
    call = Ask(width=3, count=1, mark="k")
    assert KIND.of(call) == KIND(width=3, count=1, mark="k")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"width": 3, "count": 1, "depth": 2}, "no field 'depth'"),
        ({"width": 3}, "no value for 'count'"),
    ],
)
def test_a_field_that_is_none_or_is_missing_is_refused(fields: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError, match=said):
        KIND(**fields)


def test_what_is_told_is_checked_when_it_is_asked_for() -> None:
    with pytest.raises(ValidationError, match="width"):
        KIND(width="wide", count=1)


def test_a_call_is_frozen() -> None:
    call = Ask(width=3, count=1)
    with pytest.raises(AttributeError, match="frozen"):
        call.count = 2


def test_secrets_and_weights_follow_from_the_call() -> None:
    asset = Asset(sha256="a" * 64, size=1, media_type="text/plain")
    assert KIND(width=3, count=1, mark="k").secrets == ("k",)
    assert KIND(width=3, count=1).weights == ("font",)
    assert KIND(width=3, count=1, file=asset).weights == ()


def test_what_another_step_gives_is_not_known_when_a_step_is_asked_for() -> None:
    asks = replace(KIND, weights=lambda call: (str(call.count),))
    assert asks(width=3, count=7).weights == ("7",)
    with pytest.raises(LineError, match="count is not known yet"):
        asks(width=3, count=HANDLE.value)


def test_the_work_is_in_run_py_beside_the_declaration_unless_it_is_told() -> None:
    assert KIND.runner == "tests.schema.run:ask"
    assert replace(KIND, runner="elsewhere:do").runner == "elsewhere:do"


def test_mypy_checks_what_is_asked_for(tmp_path: Path) -> None:
    """Each wrong field of a real call is an error, and the right ones are none."""
    asked = tmp_path / "asked.py"
    asked.write_text(
        "from fractions import Fraction\n"
        "from berg.schema.handle import Handle\n"
        "from berg.schema.step import Step\n"
        "from berg.schema.timeline import Timeline\n"
        "from berg.steps.video.lay_out.declare import LayOut, lay_out\n"
        "def ask(n: Handle[int], s: Handle[str]) -> Step[Timeline]:\n"
        "    right = lay_out(fps=Fraction(30), target_frames=9, frames=[n, 3], intro_frames=n)\n"
        "    lay_out(fps=Fraction(30), target_frames=9, frames=[n], intro_frames=s)  # wrong\n"
        "    lay_out(fps=Fraction(30), target_frames=n, frames=[n], intro_frames=n)  # wrong\n"
        "    lay_out(fps=Fraction(30), target_frames=9, frames=[s], intro_frames=n)  # wrong\n"
        "    lay_out(fps=Fraction(30), frames=[n], intro_frames=n)  # wrong\n"
        "    lay_out(fps=Fraction(30), target_frames=9, frames=[], intro_frames=1, x=1)  # wrong\n"
        "    return right\n"
        "def work(call: LayOut) -> str:\n"
        "    frames: tuple[int, ...] = call.frames\n"
        "    return call.intro_frames  # wrong\n"
    )
    wrong = {k for k, line in enumerate(asked.read_text().splitlines(), 1) if "# wrong" in line}
    config = Path(__file__).parents[2] / "pyproject.toml"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(config), str(asked)],
        capture_output=True,
        text=True,
        cwd=config.parent,
        env={"MYPYPATH": str(config.parent / "src"), "PATH": ""},
    )
    told = {int(number) for number in re.findall(r"asked\.py:(\d+): error:", done.stdout)}
    assert told == wrong, done.stdout


def test_a_field_is_not_named_as_something_that_every_call_has() -> None:
    with pytest.raises(TypeError, match=r"Loud\.told: a Call has 'told' itself; rename it"):
        type("Loud", (Call,), {"__annotations__": {"told": str}})
