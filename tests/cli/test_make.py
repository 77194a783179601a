"""make: its one document, its exit codes, and what lies in the folder."""

import json
from pathlib import Path

import pytest

from berg.engine.observer import Silent
from berg.errors import MediaError, StepError
from berg.schema.call import Call
from berg.schema.context import Context
from berg.schema.do import Do
from berg.schema.step import Out, StepKind, Work
from berg.service import Request, Service
from berg.service._request import Prepared, prepare
from berg.store import Store
from tests.cli.conftest import Film
from tests.cli.talk import talk
from tests.service.film import make_prepared, write_brief


def test_the_document_in_the_folder_is_the_one_that_was_said(film: Film) -> None:
    assert json.loads((film.out / "delivery.json").read_text(encoding="utf-8")) == film.said.json


def test_the_document_has_the_shape_that_scripts_know(film: Film) -> None:
    document = film.said.json
    always = {"run", "steps", "wall_s", "deliverables", "receipt"}
    assert set(document) == {*always, "listed", "count", "rows"}
    assert {document[name] for name in ("listed", "count", "rows")} == {None}
    assert set(document["steps"]) == {"total", "ran", "cached", "failed"}
    assert set(document["receipt"]) == {"wall_s", "cpu_s", "energy_wh", "method"}
    assert document["receipt"]["method"] == "tdp_estimate"
    movie = document["deliverables"][0]
    assert set(movie) == {
        "name",
        "language",
        "path",
        "media_type",
        "content_sha256",
        "sha256",
        "facts",
        "credentials",
        "beside",
    }
    assert set(movie["credentials"]) == {
        "profile",
        "label",
        "aigc",
        "produce_id",
        "manifest_sha256",
        "embedded",
        "signer",
        "time_stamped",
        "mark_key",
        "marks",
        "receipt_sha256",
        "log",
        "index",
    }
    assert movie["beside"] == ["short.en.mp4.tlog-proof"]
    assert movie["facts"] == {
        "width": 270,
        "height": 480,
        "frames": 180,
        "fps": "30/1",
        "duration_s": 6.0,
    }


def test_progress_goes_to_standard_error_only(film: Film) -> None:
    assert film.said.out.startswith("{\n")
    assert "steps, 0 already there" in film.said.err


def test_a_make_again_runs_nothing_and_says_where_to_look(
    film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    said = talk("make", film.brief, "--out", film.out)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0].startswith("0 steps ran, ")
    assert lines[1].split() == [
        "short.en.mp4",
        "270×480,",
        "6.0",
        "s,",
        "180",
        "frames",
        "at",
        "30/1",
    ]
    assert lines[-1] == f"look at {film.out / 'index.html'}"


def test_a_stage_is_a_document_and_a_command_to_go_on_with(
    film: Film, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    out = tmp_path / "my films"
    words = ("make", film.brief, "--until", "storyboard", "--out", out)
    document = talk(*words, "--json").json
    assert document["stage"] == "storyboard"
    assert document["path"] == str(out / "storyboard.yaml")
    assert document["run"].startswith("r-")
    assert (out / "storyboard.yaml").is_file()
    text = talk(*words).out
    assert f"--out '{out}' --storyboard '{out}/storyboard.yaml'" in text
    plan = talk("plan", film.brief, "--storyboard", out / "storyboard.yaml", "--json")
    assert plan.json["counts"]["cached"] == plan.json["counts"]["total"]


def test_every_fault_of_a_brief_is_told_with_its_place(home: Path, tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    brief.write_text(
        "berg: 1\ntitle: Small\ncolour: red\nlanguages: [en]\nmake:\n"
        "  - short:\n      seconds: soon\n      script: {en: Hello.}\n      captions: loud\n"
    )
    said = talk("make", brief, "--json")
    assert said.status == 2
    faults = said.json["error"]["faults"]
    assert [(fault["line"], fault["column"]) for fault in faults] == [(3, 1), (7, 16), (9, 17)]
    assert all(f"{brief}:{fault['line']}:{fault['column']}: " in said.err for fault in faults)
    assert said.err.endswith("berg: 3 faults; nothing was started\n")
    assert talk("show", "--json").json == {"runs": []}


def test_what_is_odd_but_allowed_is_said_by_plan_too(home: Path, tmp_path: Path) -> None:
    brief = write_brief(tmp_path, seconds=60)
    said = talk("plan", brief)
    assert said.status == 0
    assert said.err.startswith("  ! short, en: what is said takes ")
    assert said.err.count("\n") == 1


class Nothing(Out):
    """What the step below never gives."""


class Empty(Call):
    """It is told nothing."""


def refuse(call: Empty, ctx: Context) -> Nothing:
    raise MediaError("sea.mp4: ends in the middle of a frame")


REFUSE = StepKind(
    capability="test.refuse",
    version=1,
    call=Empty,
    out=Nothing,
    runner="tests.cli.test_make:refuse",
    predict=lambda call: Nothing(),
    work=lambda call: Work(amount=1, unit="times"),
    seconds_per_unit=0.01,
)


def test_media_that_only_a_step_finds_damaged_fail_that_step(home: Path, tmp_path: Path) -> None:
    """Something was started: that is exit code 3, although the same fault in a brief is 2."""

    async def line(do: Do) -> None:
        do(REFUSE(), name="short/picture/sea.mp4")

    service = Service(home, Silent())
    request = Request(brief=write_brief(tmp_path), out=tmp_path / "out")
    sound = prepare(
        request, service.store, service.weights, service.kinds, service.keys, lambda notice: None
    )
    prepared = Prepared(brief=sound.brief, line=line, folder=sound.folder)
    with pytest.raises(StepError, match="middle of a frame") as caught:
        make_prepared(service, request, prepared)
    assert caught.value.exit_code == 3
    assert caught.value.where == "short/picture/sea.mp4"


def test_a_defect_of_berg_is_said_as_such(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(store: Store) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(Store, "runs", broken)
    said = talk("show", "--json")
    assert said.status == 3
    assert said.code == "defect"
    assert "ZeroDivisionError: by nothing" in said.json["error"]["message"]
    assert "Traceback" not in said.err
    monkeypatch.setenv("BERG_TRACEBACK", "1")
    assert "Traceback" in talk("show").err
