"""What the store's tests share: a home, a record, and programs to be killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from berg.store import Record, Store

Program = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store(home) as opened:
        yield opened


def record(
    key: str, *assets: str, recipe: str = "", out: str = "{}", receipt: str = "{}"
) -> Record:
    return Record(key, recipe or f"recipe of {key}", "test.step", out, assets, receipt)


@pytest.fixture
def program(home: Path) -> Iterator[Program]:
    """Starts Python code in a process group of its own, with `store` opened on the home."""
    started: list[subprocess.Popen[str]] = []

    def start(
        code: str, *, kill_at: str = "", under: tuple[str, ...] = ()
    ) -> "subprocess.Popen[str]":
        head = (
            "import sys, time\nfrom pathlib import Path\nfrom berg.store import Record, Store\n"
            f"store = Store(Path({str(home)!r}))\n"
        )
        process = subprocess.Popen(
            [*under, sys.executable, "-c", head + code],
            env={**os.environ, "BERG_KILL_AT": kill_at},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def said(process: "subprocess.Popen[str]") -> str:
    """The next line that a program printed: it has come that far."""
    assert process.stdout is not None
    return process.stdout.readline().strip()
