"""Two makes at once on one home: work, model and memory are shared; a collector may run beside."""

import json
import subprocess
from pathlib import Path

from berg.service import Service
from tests.service.film import berg, committed, ended, made_here, start, wait_until, write_brief


def test_two_makes_of_one_brief_make_every_step_once(tmp_path: Path) -> None:
    brief = write_brief(tmp_path, photos=("harbour",))
    both = [
        start(tmp_path / "home", "make", str(brief), "--out", str(tmp_path / f"out{n}"), "--json")
        for n in range(2)
    ]
    answers = [ended(process) for process in both]
    assert [answer.status for answer in answers] == [0, 0], answers[0].err + answers[1].err
    assert answers[0].digests == answers[1].digests
    total = answers[0].json["steps"]["total"]
    assert sum(answer.ran for answer in answers) == total
    keys, commits = committed(tmp_path / "home")
    assert commits == len(keys) == total


def test_different_briefs_in_too_little_memory_take_turns(tmp_path: Path) -> None:
    """Both want the voice's model, which fills the whole budget: neither waits for ever."""
    home = tmp_path / "home"
    scripts = {"one": ("Cold water.", "Hot tea."), "two": ("Red wine.", "Hot tea.")}
    processes = {}
    for name, script in scripts.items():
        brief = write_brief(tmp_path / name, script=script, voice="af_heart", photos=("harbour",))
        out = tmp_path / name / "out"
        processes[name] = start(
            home, "make", str(brief), "--out", str(out), "--json", env={"BERG_MEMORY_MIB": "512"}
        )
    answers = {name: ended(process) for name, process in processes.items()}
    assert all(answer.status == 0 for answer in answers.values()), answers
    keys, commits = committed(home)
    assert commits == len(keys), "what both need was made once"
    totals = sum(answer.json["steps"]["total"] for answer in answers.values())
    assert sum(answer.ran for answer in answers.values()) == len(keys) < totals


def test_a_collector_beside_a_make_takes_nothing_that_is_needed(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    brief = write_brief(tmp_path, photos=("harbour",), music=True)
    whole = made_here(tmp_path / "whole", brief, tmp_path / "out-whole")
    process = start(home, "make", str(brief), "--out", str(out), "--json")
    wait_until((home / "index.sqlite").exists)
    collected = results = 0
    with Service(home) as collector:
        while process.poll() is None:  # after each result anew, and at the end
            collector.gc()
            collected += 1
            results = _more_results(collector, process, results)
    answer = ended(process)
    assert answer.status == 0, answer.err
    assert collected >= 2
    assert answer.digests == whole.digests
    assert berg(home, "gc", "--json").status == 0
    assert made_here(home, brief, out).ran == 0


def _more_results(service: Service, process: "subprocess.Popen[str]", before: int) -> int:
    """How many results there are, once there are more or the process has ended."""
    counts = [before]

    def grown() -> bool:
        ((count,),) = service.store._db.all("SELECT count(*) FROM results")
        counts.append(count)
        return count > before or process.poll() is not None

    wait_until(grown)
    return counts[-1]


def test_gc_frees_what_a_deleted_delivery_needed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = write_brief(tmp_path / "a", photos=())
    second = write_brief(tmp_path / "b", photos=(), end="other.example")
    said = made_here(home, first, tmp_path / "out-a")
    film = said.digests["short.en.mp4"]
    made_here(home, second, tmp_path / "out-b")
    assert json.loads(berg(home, "gc", "--json").out)["freed_bytes"] == 0, "both are needed"
    for path in sorted((tmp_path / "out-a").iterdir()):
        path.unlink()
    (tmp_path / "out-a").rmdir()
    freed = json.loads(berg(home, "gc", "--json").out)
    assert freed["freed_bytes"] > 0
    assert not (home / "objects" / film[:2] / film).exists()
    assert made_here(home, second, tmp_path / "out-b").ran == 0, "what the other needs is there"
