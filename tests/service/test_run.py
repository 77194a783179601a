"""A run whose steps crash, are killed, hang or fail: reported by cause, kept, and gone on with."""

from pathlib import Path

import pytest

from berg.engine.rehearsal import Line
from berg.errors import BergError, StepError, WorkerDied
from berg.schema.brief import Brand, Brief
from berg.schema.do import Do
from berg.schema.promised import Promised
from berg.service import Request, Service
from berg.service._request import Prepared
from berg.service.making.run import Made
from tests.engine.tiny import blob, trouble
from tests.service.film import give_keys, make_prepared

CAUSES = {
    "crash": "its worker crashed (SIGSEGV)",
    "kill": "most likely because memory ran out",
    "hang": "no sign of life for 1.5 s",
    "memory": "out of memory",
    "raise": "the work can't be done",
}


class Stage:
    """A home, and lines of tiny steps run on it as the service runs a short."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.service = Service(folder / "home")
        give_keys(folder / "home")

    def run(self, line: Line) -> Made:
        brief = Brief(title="Any", slug="any", languages=("en",), brand=Brand(name="A"), make=())
        out = self.folder / "out"
        prepared = Prepared(brief=brief, line=line, folder=out)
        request = Request(brief=self.folder / "brief.yaml", out=out)
        return make_prepared(self.service, request, prepared)

    def states(self) -> dict[str, str]:
        run = self.service.store.run(self.service.store.runs()[0].run)
        assert run is not None
        return {name: state for name, _, state in run.steps}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def _line(how: str, flag: Path) -> Line:
    """Good work, then trouble (only while there is no flag), then a delivery after both."""

    async def line(do: Do) -> None:
        good = do(blob("good"), name="good")
        bad = do(trouble(how, good.data.size, flag=flag), name="bad")
        await bad
        last = do(blob("last", good.data), name="last")
        do.deliver(Promised(asset=last.data, name="any", path="last.txt"))

    return line


@pytest.mark.parametrize("how", ["memory", "raise"])
def test_a_step_that_fails_is_reported_and_the_next_make_goes_on(stage: Stage, how: str) -> None:
    line = _line(how, stage.folder / "flag")
    with pytest.raises(StepError) as caught:
        stage.run(line)
    assert caught.value.exit_code == 3
    assert caught.value.where == "bad"
    assert CAUSES[how] in caught.value.message
    assert stage.states() == {"good": "ran", "bad": "failed"}
    _goes_on(stage, line)


def _goes_on(stage: Stage, line: Line) -> None:
    made = stage.run(line)
    assert stage.states()["good"] == "cached"
    assert made.delivery is not None
    assert (made.delivery.steps.ran, made.delivery.steps.cached) == (2, 1)
    assert (stage.folder / "out" / "last.txt").read_text() == "goodlast"


@pytest.mark.parametrize("how", ["crash", "kill", "hang"])
def test_a_worker_that_dies_once_is_replaced_within_the_run(stage: Stage, how: str) -> None:
    made = stage.run(_line(how, stage.folder / "flag"))
    assert made.delivery is not None
    assert made.delivery.steps.failed == 0


@pytest.mark.parametrize("how", ["crash", "kill", "hang"])
def test_a_worker_that_dies_twice_fails_the_run_with_its_cause(stage: Stage, how: str) -> None:
    async def line(do: Do) -> None:
        do(blob("good"), name="good")
        do(trouble(how), name="bad")

    with pytest.raises(WorkerDied) as caught:
        stage.run(line)
    assert CAUSES[how] in caught.value.message
    assert caught.value.where == "bad"
    assert stage.states() == {"good": "ran", "bad": "failed"}


def test_a_run_that_failed_teaches_no_forecast_and_delivers_nothing(stage: Stage) -> None:
    with pytest.raises(BergError):
        stage.run(_line("raise", stage.folder / "flag"))
    assert not (stage.folder / "out" / "delivery.json").exists()
    (run,) = stage.service.store.runs()
    assert run.finished is not None
    assert not run.live
    assert "steps" not in (run.summary or {})
