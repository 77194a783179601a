"""show --follow: a run's progress in another process, until it ends."""

import json
import os
from pathlib import Path

import pytest

from berg.cli.commands.show import ended_text
from berg.schema.events import RunEnded, event_of
from berg.service import Service
from berg.store import Store
from tests.cli.conftest import Film
from tests.cli.talk import talk
from tests.service.film import berg, ended, start, wait_until, write_brief


def test_a_run_that_has_ended_is_shown_as_it_went(
    film: Film, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    run, steps = film.said.json["run"], film.said.json["steps"]
    said = talk("show", run, "--follow")
    assert said.status == 0
    assert said.out.startswith(f"{run} is delivered: {steps['ran']} steps ran, ")
    assert f"{steps['total']} steps, 0 already there" in said.err


def test_its_events_are_lines_of_json(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    said = talk("show", film.said.json["run"], "--follow", "--json")
    assert said.status == 0
    assert said.err == ""
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert lines[0]["event"] == "run.started"
    assert lines[-1]["event"] == "run.ended"
    assert {line["v"] for line in lines} == {1}
    assert lines[-1]["ran"] == film.said.json["steps"]["ran"]


def test_a_run_under_way_is_listed_and_followed_to_its_end(tmp_path: Path) -> None:
    home, brief = tmp_path / "home", write_brief(tmp_path, photos=("harbour",))
    process = start(home, "make", str(brief), "--out", str(tmp_path / "out"), "--json")
    wait_until(lambda: bool(list((home / "runs").glob("*.jsonl"))))
    listed = berg(home, "show", "--json").json["runs"]
    followed = berg(home, "show", listed[0]["run"], "--follow", "--json")
    answer = ended(process)
    assert answer.status == followed.status == 0
    assert listed[0]["run"] == answer.json["run"]
    last = event_of(followed.out.splitlines()[-1].encode())
    assert isinstance(last, RunEnded)
    assert (last.how, last.ran) == ("delivered", answer.ran)


def test_a_killed_run_is_said_to_be_killed(home: Path) -> None:
    with Store(home) as store:
        store.begin_run("r-1", {}).close()
    (home / "runs").mkdir()
    (home / "runs" / "r-1.jsonl").write_bytes(b"")
    said = talk("show", "r-1", "--follow")
    assert said.status == 0
    assert said.out == "r-1 was killed: the same `berg make` goes on from there\n"


@pytest.mark.parametrize("words", [["--follow"], ["r-00000000", "--follow"]])
def test_what_cannot_be_followed_is_said(home: Path, words: list[str]) -> None:
    said = talk("show", *words, "--json")
    assert said.status == 2
    assert "berg show" in said.json["error"]["message"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("stopped", "r-1 was stopped: 2 steps ran, 3 cached, in 9 s"),
        ("stage", "r-1 ended at its stage, as asked: 2 steps ran, 3 cached, in 9 s"),
        ("failed", "r-1 failed: 2 steps ran, 3 cached, in 9 s\nno room left"),
    ],
)
def test_every_end_has_its_words(how: str, said: str) -> None:
    end = RunEnded.model_validate(
        {"how": how, "wall_s": 9, "message": "no room\nleft", "ran": 2, "cached": 3}
    )
    assert ended_text("r-1", end) == said


@pytest.mark.parametrize(
    ("how", "row"), [("delivered", "2 ran, 3 cached, 9 s"), ("failed", "failed")]
)
def test_a_log_without_an_end_is_ended_by_the_runs_record(home: Path, how: str, row: str) -> None:
    counts = {"total": 5, "ran": 2, "cached": 3, "failed": 0}
    end = RunEnded.model_validate({"how": how, "wall_s": 9, "message": "no room", **counts})
    summary = {"steps": counts} if how == "delivered" else {}
    with Store(home) as store:
        handle = store.begin_run("r-1", {"title": "Film"})
        handle.finish({**summary, "wall_s": 9, "ended": end.model_dump()})
    (home / "runs").mkdir()
    (home / "runs" / "r-1.jsonl").write_bytes(b"")
    assert talk("show", "r-1", "--follow").out == f"{ended_text('r-1', end)}\n"
    assert f"  {row}  " in talk("show").out
    assert talk("show", "--json").json["runs"][0]["how"] == how


def test_a_line_that_is_no_text_is_passed_on_escaped(home: Path) -> None:
    with Store(home) as store:
        store.begin_run("r-1", {}).close()
    (home / "runs").mkdir()
    line = b'{"v":1,"at":1.0,"event":"run.noticed","message":"a\\ud800"}\n'
    (home / "runs" / "r-1.jsonl").write_bytes(line)
    said = talk("show", "r-1", "--follow", "--json")
    assert said.status == 0
    assert json.loads(said.out)["message"] == "a\\ud800"
    assert "was killed" in talk("show").out


def test_ctrl_c_ends_the_following_and_says_that_the_run_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(service: Service, run: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Service, "follow", interrupted)
    said = talk("show", "r-1", "--follow")
    assert said.status == 130
    assert said.err == "berg: following r-1 has ended; the run itself goes on\n"


def test_a_make_in_a_folder_whose_name_is_no_text_is_told_of(home: Path, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xff\xfe"))
    write_brief(folder, photos=())
    monkey = pytest.MonkeyPatch()
    with monkey.context() as here:
        here.chdir(folder)
        made = talk("make", "brief.yaml", "--until", "storyboard", "--json")
    assert made.status == 0, made.err
    (log,) = (home / "runs").glob("*.jsonl")
    first = json.loads(log.read_bytes().splitlines()[0])
    assert first["brief"].endswith("/d\\xff\\xfe/brief.yaml")
