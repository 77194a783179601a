"""show, models, doctor, gc: what they answer, in words and in JSON."""

import re
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Film
from tests.cli.talk import WEIGHTS, fresh_home, talk


def test_a_fresh_home_has_no_runs(home: Path) -> None:
    assert talk("show").out == "no runs yet: berg make BRIEF\n"


def test_show_lists_runs_and_their_steps(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERG_HOME", str(film.home))
    run = film.said.json["run"]
    assert run in talk("show").out
    document = talk("show", run, "--json").json
    assert [step["state"] for step in document["lineage"]].count("ran") == len(document["lineage"])
    assert document["live"] is False
    text = talk("show", run).out
    assert all(step["name"] in text for step in document["lineage"])


def test_show_tells_how_a_file_came_to_be(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    """By either of its digests: what it holds, and what it is since it was signed."""
    monkeypatch.setenv("BERG_HOME", str(film.home))
    for digest in ("sha256", "content_sha256"):
        found = film.said.json["deliverables"][0][digest]
        made = talk("show", found[:12].upper(), "--json").json["made_by"]
        assert [maker["capability"] for maker in made] == ["video.join"]
        assert made[0]["runs"][0]["run"] == film.said.json["run"]
        assert made[0]["runs"][0]["step"].endswith("/film")
        assert "video.join" in talk("show", found).out


@pytest.mark.parametrize("what", ["r-00000000", "abcdef12", "ab", "%", "film.mp4", "", "r-%"])
def test_what_is_not_known_is_said_with_the_next_action(home: Path, what: str) -> None:
    said = talk("show", what, "--json")
    assert said.status == 2
    assert "berg show" in said.json["error"]["message"] or "delivery.json" in said.out


def test_models_shows_licence_size_and_what_is_here(home: Path) -> None:
    document = talk("models", "--json").json
    assert document["ok"]
    one = next(item for item in document["models"] if item["name"] == "inter")
    assert (one["status"], one["licence"]) == ("here", "OFL-1.1")
    text = talk("models").out
    assert re.search(r"font: OFL-1.1; .*\n  inter +here +876.6 kB", text)
    assert max(map(len, text.splitlines())) <= 80


def test_a_fresh_home_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch, weights=False)
    statuses = {item["status"] for item in talk("models", "--json").json["models"]}
    assert statuses == {"missing"}


@pytest.mark.parametrize("action", ["list", "pull", "check"])
def test_an_unknown_name_is_refused_with_what_may_be_meant(home: Path, action: str) -> None:
    said = talk("models", action, "kokoro-af_hart", "--json")
    assert said.status == 2
    assert "kokoro-af_heart" in said.json["error"]["message"]


def test_a_damaged_file_is_found_by_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: Callable[[str], Path]
) -> None:
    home = fresh_home(tmp_path, monkeypatch, weights=False)
    original = weights("inter")
    copy = home / original.relative_to(WEIGHTS.parent)
    copy.parent.mkdir(parents=True)
    data = bytearray(original.read_bytes())
    data[1000] ^= 1
    copy.write_bytes(data)
    said = talk("models", "check", "inter", "--json")
    assert said.status == 4
    assert said.json["models"][0]["status"] == "damaged"
    assert "berg models pull inter" in said.json["error"]["message"]


def test_doctor_names_the_licence_of_the_encoder(home: Path) -> None:
    said = talk("doctor", "--json")
    assert said.status == 0, said.out
    encoder = next(check for check in said.json["checks"] if check["what"] == "encoder")
    assert "GPL" in encoder["detail"]
    assert "NOTICE" in encoder["detail"]


def test_doctor_says_no_and_how_to_mend_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh_home(tmp_path, monkeypatch, weights=False)
    said = talk("doctor", "--json")
    assert said.status == 4
    assert said.json["error"]["code"] == "check"
    bad = [check for check in said.json["checks"] if not check["ok"]]
    assert [check["what"] for check in bad] == ["weights"]
    assert bad[0]["mend"].startswith("berg models pull ")
    assert "mend it: berg models pull" in talk("doctor").out


def test_gc_counts_and_a_dry_run_removes_nothing(home: Path) -> None:
    said = talk("gc", "--dry-run", "--json").json
    assert said == {"dry_run": True, "freed_bytes": 0, "objects": 0, "results": 0}
    assert talk("gc", "--dry-run").out.startswith("would free 0 B")
    assert talk("gc").out.startswith("freed 0 B")


def test_an_index_that_was_damaged_is_told_in_one_line(home: Path) -> None:
    talk("show")
    for extra in home.glob("index.sqlite-*"):
        extra.unlink()
    (home / "index.sqlite").write_bytes(b"not a database, " * 500)
    said = talk("show")
    assert said.status == 0
    assert said.err.count("\n") == 1
    assert "set aside" in said.err


def test_a_newer_index_is_left_alone(home: Path) -> None:
    talk("show")
    with sqlite3.connect(home / "index.sqlite") as db:
        db.execute("PRAGMA user_version = 999")
    db.close()
    said = talk("show", "--json")
    assert said.status == 3
    assert "newer berg" in said.json["error"]["message"]
    assert "upgrade berg" in said.json["error"]["message"]


def test_a_home_that_is_a_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "home"
    path.write_text("no folder")
    monkeypatch.setenv("BERG_HOME", str(path))
    for words in (("show",), ("doctor",), ("models",), ("gc",)):
        said = talk(*words, "--json")
        assert said.status == 3
        assert said.code == "store"
        assert str(path) in str(said.json["error"])
    assert stat.S_ISREG(path.stat().st_mode)


@pytest.mark.parametrize("slots", ["0", "-1", "many", "1.5"])
def test_a_setting_that_makes_no_sense_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch, slots: str
) -> None:
    monkeypatch.setenv("BERG_SLOTS", slots)
    said = talk("show", "--json")
    assert said.status == 2
    assert "BERG_SLOTS" in said.json["error"]["message"]
