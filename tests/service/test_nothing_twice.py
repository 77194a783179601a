"""Change one word, and only what depends on it is made again."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.service.film import berg, digests, make, start, write_brief

SENTENCES = ("Cold water.", "Warm coffee at last.", "Come in and sit down.")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder with a home and a brief that was made once, with a real voice."""
    folder = tmp_path_factory.mktemp("made")
    brief = write_brief(folder, sentences=SENTENCES, voice="af_heart", seconds=6)
    said = make(folder / "home", brief, folder / "out")
    assert said.status == 0, said.err
    return folder, brief


def _ran(folder: Path, run: str) -> set[str]:
    document = berg(folder / "home", "show", run, "--json").json
    return {step["name"] for step in document["lineage"] if step["state"] == "ran"}


def test_a_second_make_runs_no_step_and_touches_no_file(made: tuple[Path, Path]) -> None:
    folder, brief = made
    film = folder / "out" / "short.en.mp4"
    before = film.stat().st_mtime_ns
    said = make(folder / "home", brief, folder / "out")
    assert said.json["steps"]["ran"] == 0
    assert said.json["steps"]["cached"] == said.json["steps"]["total"]
    assert film.stat().st_mtime_ns == before


def test_one_sentence_changed_makes_only_what_depends_on_it(made: tuple[Path, Path]) -> None:
    folder, _ = made
    changed = (*SENTENCES[:1], "Warm coffee at noon.", *SENTENCES[2:])
    brief = write_brief(folder, sentences=changed, voice="af_heart", seconds=6)
    plan = berg(folder / "home", "plan", str(brief), "--json").json
    foreseen = {step["name"] for step in plan["steps"] if step["state"] != "cached"}
    said = make(folder / "home", brief, folder / "out-changed")
    ran = _ran(folder, said.json["run"])
    assert ran <= foreseen, "nothing runs that the plan did not name"
    whats = sorted(name.split("/")[-1] for name in ran)
    assert whats == [
        "captions", "film", "film", "poster", "sound", "storyboard", "subtitles", "timeline",
        "voice",
    ] or whats == [
        "captions", "film", "film", "sound", "storyboard", "subtitles", "timeline", "voice",
    ]


def test_a_change_of_the_end_line_makes_no_shot_again(made: tuple[Path, Path]) -> None:
    folder, _ = made
    brief = write_brief(folder, sentences=SENTENCES, voice="af_heart", seconds=6)
    brief.write_text(brief.read_text().replace("tidewater.example", "come.example"))
    said = make(folder / "home", brief, folder / "out-end")
    assert not {name for name in _ran(folder, said.json["run"]) if "/shot/" in name}


def test_two_makes_at_once_share_the_work(tmp_path: Path) -> None:
    brief = write_brief(tmp_path, voice="af_heart")
    both = [
        start(tmp_path / "home", "make", str(brief), "--out", str(tmp_path / f"out{n}"), "--json")
        for n in range(2)
    ]
    answers = [json.loads(process.communicate(timeout=240)[0]) for process in both]
    total = answers[0]["steps"]["total"]
    assert answers[0]["deliverables"] == answers[1]["deliverables"]
    assert sum(answer["steps"]["ran"] for answer in answers) == total


def test_content_digests_do_not_hang_on_the_slots(tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    one = make(tmp_path / "one", brief, tmp_path / "out1", env={"BERG_SLOTS": "1"})
    three = make(tmp_path / "three", brief, tmp_path / "out3", env={"BERG_SLOTS": "3"})
    assert digests(one) == digests(three)


def test_the_command_leaves_no_process_behind(tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    assert make(tmp_path / "home", brief, tmp_path / "out").status == 0
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert str(tmp_path / "home") not in running.stdout
