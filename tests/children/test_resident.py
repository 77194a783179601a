"""A resident child answers one question after another; whatever ends it, the next is answered."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from berg.children import ChildEnded, NotStarted, Resident, TookTooLong

PATIENT_S = 120.0
PROGRAM = """
import os, sys, time
from berg.children import Limits, Owner, confine, spend

owner = Owner()
confine(Limits(memory_bytes=1 << 30, file_bytes=1000))
first = None
for message in owner.messages():
    word, _, rest = message.decode().partition(" ")
    if word == "remember":
        first = rest
    elif word == "hang":
        time.sleep(600)
    elif word == "exit":
        print("that was it", file=sys.stderr)
        sys.exit(7)
    elif word == "grow":
        owner.reply(b"x" * (2 << 30))
    elif word == "spin":
        spend(1)
        while True:
            pass
    elif word == "write":
        try:
            os.write(os.open(rest, os.O_CREAT | os.O_WRONLY), b"x" * 1001)
            os.write(os.open(rest, os.O_APPEND | os.O_WRONLY), b"x")
        except OSError as error:
            owner.reply(os.strerror(error.errno).encode())
    elif word == "repeat":
        owner.reply(b"x" * int(rest))
    else:
        print("a library talks")
        told = {"first": first, "pid": os.getpid(), "environment": sorted(os.environ)}
        owner.reply(str(told[word]).encode())
"""
Ask = Callable[..., str]


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Resident]:
    made = Resident(
        [sys.executable, "-c", PROGRAM],
        most_bytes=1 << 20,
        first=b"remember all",
        folder=tmp_path,
        environment={"OWN": "1"},
    )
    yield made
    made.close()


@pytest.fixture
def ask(child: Resident) -> Ask:
    def asked(words: str, limit_s: float = PATIENT_S) -> str:
        return child.ask(words.encode(), limit_s=limit_s).decode()

    return asked


def test_it_is_told_something_first_and_answers_from_one_process(ask: Ask) -> None:
    assert ask("first") == "all"
    assert ask("pid") == ask("pid")


def test_a_long_question_and_a_long_answer_come_through(ask: Ask) -> None:
    assert ask("repeat 1000000" + " " * 3_000_000) == "x" * 1_000_000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("exit", r"ended with status 7 \(it said: that was it\)"),
        ("grow", r"ended with status 1 \(it said: MemoryError\)"),
        ("spin", r"crashed \(SIGXCPU\)"),
        ("repeat 2000000", "was killed"),
    ],
)
def test_its_end_is_said_and_a_new_one_answers(ask: Ask, words: str, says: str) -> None:
    before = ask("pid")
    with pytest.raises(ChildEnded, match=says):
        ask(words)
    assert ask("pid") != before
    assert ask("first") == "all"


def test_one_that_hangs_is_ended_in_its_time(ask: Ask) -> None:
    before = int(ask("pid"))
    with pytest.raises(TookTooLong, match="took longer than 0 s"):
        ask("hang", 0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert ask("first") == "all"


def test_one_that_is_killed_is_said(child: Resident, ask: Ask) -> None:
    os.kill(int(ask("pid")), signal.SIGSEGV)
    with pytest.raises(ChildEnded, match=r"crashed \(SIGSEGV\)"):
        ask("pid")
    ask("pid")
    child.kill()
    with pytest.raises(ChildEnded, match="was killed"):
        ask("pid")


def test_it_can_not_write_large_files(ask: Ask, tmp_path: Path) -> None:
    assert ask("write large") == "File too large"
    assert (tmp_path / "large").stat().st_size <= 1000


def test_it_gets_nothing_of_the_environment_that_it_does_not_need(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BERG_KEYS_PASSPHRASE", "SOME_CLOUD_TOKEN"):
        monkeypatch.setenv(name, "psst")
    said = ask("environment")
    assert "PASSPHRASE" not in said
    assert "TOKEN" not in said
    assert "'OWN'" in said
    assert "'PATH'" in said


def test_a_program_that_is_not_there_is_said() -> None:
    gone: Any = Resident(["/nowhere/program"], most_bytes=1)
    with pytest.raises(NotStarted, match="can't be started: No such file or directory"):
        gone.ask(b"", limit_s=PATIENT_S)
