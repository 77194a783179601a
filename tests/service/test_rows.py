"""Something for each row of a table: made once, kept, gone on with, and a bad row stops nothing."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from berg.errors import StepError, StoreError
from berg.service.making import driving, sorting
from tests.patience import PATIENCE_S
from tests.service.film import berg, made_here, make, ran, write_brief
from tests.service.row_stage import RowStage, write_table


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[RowStage]:
    stage = RowStage(tmp_path)
    yield stage
    stage.service.store.close()


def counts(delivery: Any) -> tuple[int, int, int]:
    assert delivery.rows is not None
    return delivery.rows.made, delivery.rows.kept, delivery.rows.left_out


def test_every_row_has_its_file_and_its_line_and_the_index_counts_them(stage: RowStage) -> None:
    write_table(stage.table, {"a": "Anna", "b": "Bo", "c": "Cy"})
    delivery = stage.make()
    assert counts(delivery) == (3, 0, 0)
    assert (delivery.listed, delivery.count, delivery.deliverables) == ("delivery.jsonl", 3, ())
    assert [line["path"] for line in stage.lines()] == [
        "greet/00/a.en.txt",
        "greet/00/b.en.txt",
        "greet/00/c.en.txt",
    ]
    assert [stage.text(line).replace(".", "") for line in stage.lines()] == [
        "Hello Anna 1",
        "Hello Bo 1",
        "Hello Cy 1",
    ]
    index = json.loads((stage.out / "delivery.json").read_text())
    assert (index["count"], index["rows"]["total"], index["deliverables"]) == (3, 3, [])
    assert "delivery.jsonl" in (stage.out / "index.html").read_text()
    assert delivery.steps.ran == 4, "what rows share was made once"


def test_a_second_run_walks_no_row_and_a_changed_one_alone_is_made(stage: RowStage) -> None:
    write_table(stage.table, {"a": "Anna", "b": "Bo"})
    stage.make()
    again = stage.make()
    assert (counts(again), again.steps.total) == ((0, 2, 0), 0)
    write_table(stage.table, {"b": "Bob", "a": "Anna"})
    changed = stage.make()
    assert (counts(changed), changed.steps.ran) == ((1, 1, 0), 1)
    assert [line["row"]["id"] for line in stage.lines()] == ["b", "a"]
    assert "Bob" in stage.text(stage.lines()[0])


def test_a_row_whose_file_is_gone_is_delivered_again_from_the_store(stage: RowStage) -> None:
    write_table(stage.table, 3)
    stage.make()
    (stage.out / "greet/00/p1.en.txt").unlink()
    again = stage.make()
    assert (counts(again), again.steps.ran) == ((1, 2, 0), 0)
    assert (stage.out / "greet/00/p1.en.txt").exists()


def test_bad_rows_are_told_each_by_itself_and_stop_nothing(stage: RowStage) -> None:
    names = {"a": "Anna", "b": "", "c": "raise", "d": "unsayable", "e": "crash", "f": "Fay"}
    write_table(stage.table, names)
    with stage.table.open("a") as file:
        file.write('"A",Twin\n=1+1,"x"y\ng,Gus\n')
    delivery = stage.make()
    assert counts(delivery) == (3, 0, 6)
    assert [line["row"]["id"] for line in stage.lines()] == ["a", "f", "g"]
    report = "\n".join(sorted(stage.report()))
    for said in (
        "greet,2,b,name is empty",
        "greet,3,c,trouble: ValueError",
        "greet,4,d,script: nobody can say this",
        "greet,5,e,trouble: its worker crashed (SIGSEGV)",
        "row 1 has the same id",
        "text behind a closing quote",
    ):
        assert said in report
    write_table(stage.table, {"a": "Anna", "b": "Bea"})
    assert counts(stage.make()) == (1, 1, 0)


def test_rows_that_left_the_table_keep_their_files_and_are_named(stage: RowStage) -> None:
    write_table(stage.table, 3)
    stage.make()
    write_table(stage.table, 2)
    delivery = stage.make()
    assert delivery.rows is not None
    assert (delivery.rows.gone, delivery.rows.left_out) == (1, 0)
    assert (stage.out / "greet/00/p2.en.txt").exists()
    assert "not in the table any more" in stage.report()[0]
    write_table(stage.table, 3)
    assert counts(stage.make()) == (0, 3, 0)
    assert stage.report() == []
    write_table(stage.table, 2)
    (stage.out / "greet/00/p2.en.txt").unlink()
    stage.make()
    assert [line["row"]["id"] for line in stage.lines()] == ["p0", "p1"]
    assert stage.report() == []


def test_when_all_rows_fail_one_after_another_the_run_stops_with_the_cause(
    stage: RowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driving, "STOP_AFTER", 5)
    write_table(stage.table, {f"r{n}": "raise" for n in range(20)})
    with pytest.raises(StepError, match="5 rows failed one after another"):
        stage.make()


def test_an_error_of_the_machine_stops_the_run_and_the_next_goes_on(
    stage: RowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_table(stage.table, 4)
    index = stage.service.store.index
    commit = index.commit
    calls = Counter[str]()

    async def full(records: Any, *, run: str | None) -> Any:
        calls["commit"] += len(records)
        if calls["commit"] >= 3:
            raise StoreError("no room on the disk")
        return await commit(records, run=run)

    monkeypatch.setattr(index, "commit", full)
    with pytest.raises(StoreError, match="no room"):
        stage.make()
    assert not (stage.out / "delivery.json").exists()
    monkeypatch.undo()
    delivery = stage.make()
    assert delivery.rows is not None
    assert delivery.rows.made + delivery.rows.kept == 4


def test_folders_hold_no_more_files_than_people_can_open(
    stage: RowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sorting, "FILES_IN_FOLDER", 40)
    write_table(stage.table, 13)
    stage.make()
    shards = Counter(line["path"].split("/")[1] for line in stage.lines())
    assert shards == {"00": 10, "01": 3}
    write_table(stage.table, {"new": "New", **{f"p{n}": f"Name {n}" for n in range(13)}})
    assert counts(stage.make()) == (1, 13, 0)
    assert stage.lines()[0]["path"] == "greet/01/new.en.txt", "rows keep their folder"


def test_gc_keeps_what_rows_need_while_their_files_are_there(stage: RowStage) -> None:
    write_table(stage.table, 3)
    stage.make()
    store = stage.service.store
    assert store.gc(keep=0).results == 0
    (stage.out / "greet/00/p0.en.txt").unlink()
    assert store.gc(keep=0).results == 1, "what p0 alone needed, not what rows share"
    again = stage.make()
    assert (counts(again), again.steps.ran) == ((1, 2, 0), 1)


def test_a_plan_reckons_all_rows_from_some_and_says_what_is_shared(stage: RowStage) -> None:
    write_table(stage.table, {"a": "Anna", "b": "Bo", "c": "", "d": "Di"})
    rows = stage.plan()
    assert (rows.total, rows.wanted, rows.left_out, rows.kept) == (4, 3, 1, 0)
    assert (rows.shared.asked, rows.shared.distinct, rows.files) == (6, 4, 3)
    stage.make()
    rows = stage.plan()
    assert (rows.wanted, rows.kept, rows.seconds) == (0, 3, 0.0)


def test_many_rows_are_reckoned_from_an_even_sample(stage: RowStage) -> None:
    write_table(stage.table, 1000)
    rows = stage.plan()
    assert rows.sampled <= 200
    assert (rows.wanted, rows.shared.asked, rows.shared.distinct) == (1000, 2000, 1001)


def process(stage: RowStage, *, kill_at: str = "") -> subprocess.Popen[str]:
    """The same rows in a process group of its own, killed at a named point."""
    words = [str(path) for path in (stage.home, stage.out, stage.table)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.service.row_stage", *words],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "BERG_KILL_AT": kill_at},
    )


def told(running: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = running.communicate(timeout=PATIENCE_S)
    assert running.returncode == 0, out
    document: dict[str, Any] = json.loads(out.splitlines()[-1])
    return document


@pytest.mark.parametrize(
    "point", ["index.committed:9", "rows.half:3", "rows.appended:2", "delivery.half:15"]
)
def test_killed_anywhere_it_goes_on_and_ends_as_if_undisturbed(tmp_path: Path, point: str) -> None:
    stage = RowStage(tmp_path)
    write_table(stage.table, 25)
    running = process(stage, kill_at=point)
    running.communicate(timeout=PATIENCE_S)
    assert running.returncode == -signal.SIGKILL
    rest = told(process(stage))
    assert rest["rows"]["made"] + rest["rows"]["kept"] == 25
    assert Counter(line["row"]["id"] for line in stage.lines()) == {f"p{n}": 1 for n in range(25)}
    assert all((stage.out / line["path"]).is_file() for line in stage.lines())
    index = stage.service.store._db
    ((commits, results),) = index.all(
        "SELECT (SELECT count(*) FROM timings), (SELECT count(*) FROM results)"
    )
    assert commits == results == 26, "nothing was made twice"
    stage.service.store.close()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """Rows that were delivered before and rows that are bad: 100 of them against 8,000."""
    peaks = []
    for count in (100, 8_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        stage = RowStage(folder)
        stage.service.store.close()
        names = {f"p{n}": "" if n >= 30 else f"Name {n}" for n in range(count)}
        write_table(stage.table, names)
        peaks.append(told(process(stage))["peak"])
    assert peaks[1] < 1.25 * peaks[0]


FILM = ["Hi {name}, welcome to our house.", "Hot tea for everybody here."]


def film(folder: Path, people: str, *, more: dict[str, Any] | None = None) -> Path:
    path = write_brief(folder, script=FILM, size="128x128", seconds=8, photos=("harbour",))
    brief = json.loads(path.read_text())
    brief["make"][0]["short"] |= {"each": "people.csv", "fps": 24, **(more or {})}
    path.write_text(json.dumps(brief))
    (folder / "people.csv").write_text(people)
    return path


def test_personalised_films_make_only_the_shots_that_differ(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    path = film(tmp_path / "b", "id,name\n1,Anna\n2,{name}\n3,../../x\n")
    said = made_here(home, path, out)
    shots = [name for name in ran(home, said) if name.endswith("/shot/film")]
    assert len(shots) == 4, "three of the shot with a name, one of the shot without"
    assert said.json["rows"] | {"report": None} == {
        "total": 3, "made": 3, "kept": 0, "left_out": 0, "gone": 0, "report": None,
    }  # fmt: skip
    lines = [json.loads(line) for line in (out / "delivery.jsonl").read_text().splitlines()]
    films = [line for line in lines if line["media_type"] == "video/mp4"]
    assert [line["path"] for line in films] == [f"short/00/{n}.en.mp4" for n in (1, 2, 3)]
    assert len({line["content_sha256"] for line in films}) == 3
    srt = [(out / f"short/00/{n}.en.srt").read_text() for n in (2, 3)]
    assert "{name}" in srt[0]
    assert "../../x" in srt[1]


def test_the_command_tells_of_rows_left_out_by_its_status(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    path = film(tmp_path / "b", "id,name\n1,Anna\n2,\u1234\u5678\U00012345\n3,\n")
    plan = berg(home, "plan", str(path), "--json").json
    assert (plan["rows"]["total"], plan["rows"]["left_out"]) == (3, 2)
    said = make(home, path, out)
    assert said.status == 4
    assert said.json["rows"]["left_out"] == 2
    report = (out / "rows.report.csv").read_text()
    assert "no font has" in report
    assert "name is empty" in report


def test_a_storyboard_is_not_asked_of_many_films(tmp_path: Path) -> None:
    path = film(tmp_path / "b", "id,name\n1,Anna\n")
    said = berg(tmp_path / "home", "make", str(path), "--until", "storyboard")
    assert said.status == 2
    assert "one for each row" in said.err
