"""Stopping: Ctrl-C, SIGTERM, a reader that leaves. Clear words, no orphans, and it goes on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Film
from tests.cli.talk import WEIGHTS
from tests.patience import PATIENCE_S
from tests.service.film import make, start, write_brief

WORD = "what was finished is kept, and the same command goes on from there"


def _stop_when(process: subprocess.Popen[str], words: str, number: signal.Signals) -> None:
    """A signal to the whole group, as a terminal sends it, once something was said."""
    assert process.stderr is not None
    for line in process.stderr:
        if words in line:
            os.killpg(process.pid, number)
            return
    pytest.fail(f"ended before it said {words!r}")


def _group(process: subprocess.Popen[str]) -> list[int]:
    """Processes that are left of a group, zombies aside."""
    said = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True)
    rows = [line.split() for line in said.stdout.splitlines()]
    return [
        int(pid) for pid, group, state in rows if int(group) == process.pid and "Z" not in state
    ]


def _wait_for_none(process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while _group(process):
        assert time.monotonic() < deadline, "a process was left behind"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_make_says_so_leaves_nobody_behind_and_goes_on(
    tmp_path: Path, number: signal.Signals
) -> None:
    brief, home, out = write_brief(tmp_path), tmp_path / "home", tmp_path / "out"
    process = start(home, "make", str(brief), "--out", str(out), "--json")
    _stop_when(process, "✓", number)
    answer, rest = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 130
    assert json.loads(answer)["error"]["code"] == "interrupted"
    assert json.loads(answer)["error"]["retry"] is True
    assert rest.splitlines()[-1].endswith(WORD)
    assert "Traceback" not in rest
    _wait_for_none(process)
    again = make(home, brief, out)
    assert again.status == 0, again.err
    assert again.json["steps"]["cached"] > 0


@pytest.mark.parametrize("seed", range(6))
def test_a_stop_at_any_moment_is_one_clear_answer(tmp_path: Path, seed: int) -> None:
    brief = write_brief(tmp_path)
    process = start(tmp_path / "home", "make", str(brief), "--out", str(tmp_path / "o"), "--json")
    time.sleep(random.Random(seed).uniform(0.15, 4.0))
    os.killpg(process.pid, signal.SIGINT)
    answer, rest = process.communicate(timeout=PATIENCE_S)
    assert process.returncode in (130, 0), rest
    document = json.loads(answer)
    assert "deliverables" in document or document["error"]["code"] == "interrupted"
    assert "Traceback" not in rest
    _wait_for_none(process)


def test_a_second_ctrl_c_ends_it_at_once(tmp_path: Path) -> None:
    """The first is answered by code that then hangs; the second does not wait for it."""
    script = (
        "import asyncio, os, signal, time\n"
        "from berg.cli.stopping import first_cancels, restoring_signals\n"
        "async def main():\n"
        "    work = asyncio.create_task(asyncio.sleep(60))\n"
        "    try:\n"
        "        with first_cancels(work):\n"
        "            print('ready', flush=True)\n"
        "            await work\n"
        "    except asyncio.CancelledError:\n"
        "        print('stopping', flush=True)\n"
        "        time.sleep(60)\n"
        "with restoring_signals():\n"
        "    asyncio.run(main())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for word in ("ready\n", "stopping\n"):
        assert process.stdout.readline() == word
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=PATIENCE_S) == -signal.SIGINT
    process.stdout.close()


def test_signals_are_answered_as_before_when_a_run_is_over() -> None:
    from berg.cli.stopping import STOPS, restoring_signals

    before = [signal.getsignal(number) for number in STOPS]
    with restoring_signals():
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
    assert [signal.getsignal(number) for number in STOPS] == before


@pytest.mark.parametrize("moment", range(8))
def test_a_stop_while_berg_is_being_loaded_is_an_answer_too(tmp_path: Path, moment: int) -> None:
    script = (
        "import sys; from berg.cli.main import main; print('ready', flush=True); "
        f"sys.exit(main(['plan', {str(tmp_path / 'none.yaml')!r}, '--json']))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "BERG_HOME": str(tmp_path / "home")},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.05 * moment)
    process.send_signal(signal.SIGINT)
    answer, rest = process.communicate(timeout=PATIENCE_S)
    assert process.returncode in (130, 2), rest
    assert json.loads(answer)["error"]["code"] in ("interrupted", "request")
    assert "Traceback" not in rest


@pytest.mark.parametrize("words", [["plan"], ["make"], ["plan", "--json"]])
def test_a_reader_that_leaves_sees_no_traceback(film: Film, words: list[str]) -> None:
    command = [sys.executable, "-m", "berg.cli.main", *words, str(film.brief)]
    command += ["--out", str(film.out)] if "make" in words else []
    env = {**os.environ, "BERG_HOME": str(film.home)}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    rest = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE_S) == 0
    assert "Traceback" not in rest
    assert "Exception" not in rest


def test_no_output_at_all_is_no_reason_to_fail(film: Film) -> None:
    command = f"{sys.executable} -m berg.cli.main make {film.brief} --out {film.out} >&- 2>&-"
    env = {**os.environ, "BERG_HOME": str(film.home)}
    assert subprocess.run(command, shell=True, env=env, timeout=PATIENCE_S).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_answer_that_cannot_be_written_is_an_error(film: Film) -> None:
    with open("/dev/full", "w") as full:
        said = subprocess.run(
            [sys.executable, "-m", "berg.cli.main", "plan", str(film.brief)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "BERG_HOME": str(film.home)},
        )
    assert said.returncode == 3
    assert said.stderr == "berg: can't write the answer: No space left on device\n"


def test_a_damaged_terminal_encoding_does_not_matter(film: Film) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "berg.cli.main", "show", "--json"],
        capture_output=True,
        env={**os.environ, "BERG_HOME": str(film.home), "PYTHONIOENCODING": "ascii"},
    )
    assert said.returncode == 0
    assert json.loads(said.stdout.decode())["runs"]
    assert WEIGHTS.exists()
