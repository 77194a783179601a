"""A command that is run once ends in its time, says no more than it may, and leaves nothing."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from berg.children import CommandResult, NotStarted, TookTooLong, run_once

PATIENT_S = 120.0


def python(code: str, *, limit_s: float = PATIENT_S, **options: object) -> CommandResult:
    return run_once([sys.executable, "-I", "-c", code], limit_s=limit_s, **options)  # type: ignore[arg-type]


def wait_for_the_end(pid: int) -> None:
    """Of a process that was killed; whoever inherits it may be slow to bury it."""
    with suppress(psutil.NoSuchProcess):
        while psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.01)


def test_what_it_is_given_what_it_says_and_how_it_ends_are_told() -> None:
    code = (
        "import sys; data = sys.stdin.buffer.read(); sys.stdout.buffer.write(data[::-1]);"
        "print('no', file=sys.stderr); sys.exit(3)"
    )
    data = bytes(range(256)) * 4000
    done = python(code, data=data, most_bytes=1 << 21)
    assert done == CommandResult(status=3, out=data[::-1], err=b"no\n")


def test_one_that_reads_nothing_may_be_given_something() -> None:
    assert python("print('done')", data=b"x" * 1_000_000).out == b"done\n"


def test_one_that_is_not_there_is_said() -> None:
    with pytest.raises(NotStarted, match="No such file or directory"):
        run_once(["/nowhere/command"], limit_s=PATIENT_S)


def test_one_that_hangs_is_ended_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
        f"open({str(told)!r}, 'w').write(str(child.pid)); time.sleep(600)"
    )
    limit_s = 1.0
    while not told.exists() or not told.read_text():  # a busy machine takes longer to start it
        with pytest.raises(TookTooLong):
            python(code, limit_s=limit_s)
        limit_s *= 2
    wait_for_the_end(int(told.read_text()))


def test_one_that_never_stops_talking_is_ended_and_cut() -> None:
    done = python("while True: print('y' * 1000)", most_bytes=5000)
    assert (len(done.out), done.status) == (5001, -9)


def test_what_it_leaves_running_holds_nobody_up() -> None:
    """An agent that a signing command starts keeps its streams open."""
    code = (
        "import subprocess, sys;"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid)"
    )
    done = python(code)
    agent = psutil.Process(int(done.out))
    agent.kill()
    assert done.status == 0


def test_it_gets_the_environment_without_bergs_passphrases(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BERG_KEYS_PASSPHRASE", "psst")
    monkeypatch.setenv("SOME_CLOUD_TOKEN", "needed")
    said = python("import os; print(sorted(os.environ))").out.decode()
    assert "SOME_CLOUD_TOKEN" in said
    assert "PASSPHRASE" not in said


def test_it_inherits_no_open_file() -> None:
    reading, writing = os.pipe()
    try:
        os.set_inheritable(writing, True)
        code = f"import os\ntry: os.fstat({writing})\nexcept OSError: print('closed')"
        assert python(code).out == b"closed\n"
    finally:
        os.close(reading)
        os.close(writing)
