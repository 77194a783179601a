"""`berg log` and `berg witness`, as they are typed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from berg.provenance.keys import KeyRing
from berg.provenance.log import check_proof
from berg.service._log import open_log
from tests.cli.talk import fresh_home, talk
from tests.provenance.log.making import entries_of, entry_of


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with keys and a log of three entries."""
    monkeypatch.delenv("BERG_WITNESSES", raising=False)
    home = fresh_home(tmp_path, monkeypatch, weights=False)
    KeyRing.open(home / "keys").init()
    log = open_log(home)
    log.append(entries_of(0, 3))
    log.close()
    return home


@contextmanager
def started(*words: object) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A server and the first line it says; ended as Ctrl-C would, or killed if it hears none."""
    run = (  # a test run in the background ignores Ctrl-C, and what it starts would too
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        " from berg.cli.main import main; sys.exit(main())"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", run, *map(str, words)], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    try:
        yield process.stderr.readline().strip(), process
    finally:
        for _ in range(6):
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
                break
        process.kill()
        process.communicate()


def test_a_log_says_its_key_its_size_and_what_is_in_it(home: Path) -> None:
    said = talk("log", "--json")
    assert said.status == 0
    assert said.json["size"] == 3
    assert [entry["index"] for entry in said.json["entries"]] == [0, 1, 2]
    mark = entry_of(1).marks[0]
    for what in ("1", entry_of(1).sha256, mark, "id-1"):
        (found,) = talk("log", "show", what, "--json").json["entries"]
        assert found["sha256"] == entry_of(1).sha256
    assert talk("log").out.splitlines()[0].endswith(str(home / "log"))


def test_what_a_log_does_not_have_is_said(home: Path) -> None:
    for what in ("3", "f" * 64, "0123456789", "\x1b[2J", "-1x"):
        said = talk("log", "show", what)
        assert said.status == 2
        assert "\x1b" not in said.err


def test_a_checkpoint_is_printed_as_it_is_served(home: Path) -> None:
    assert talk("log", "checkpoint").out == (home / "log/checkpoint").read_text()


def test_a_damaged_log_is_told_from_a_whole_one(home: Path) -> None:
    assert talk("log", "verify").status == 0
    tile = home / "log/tile/0/000.p/3"
    tile.write_bytes(tile.read_bytes()[::-1])
    said = talk("log", "verify", "--json")
    assert said.status == 4
    assert said.code == "check"
    assert said.json["problems"]


def test_a_home_without_keys_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh_home(tmp_path, monkeypatch, weights=False)
    said = talk("log")
    assert said.status != 0
    assert "berg keys init" in said.err


def test_words_that_do_not_fit_are_refused(home: Path) -> None:
    for words in (
        ("log", "verify", "more"),
        ("log", "cosign"),
        ("log", "cosign", "http://127.0.0.1:1"),
        ("log", "cosign", "ftp://x", "--key", "a+b+c"),
        ("log", "serve", "--listen", "nowhere"),
        ("log", "serve", "--listen", "127.0.0.1:99999"),
        ("witness", "--key", home / "w.pem"),
        ("witness", "--key", home / "w.pem", "--log", "nonsense"),
    ):
        said = talk(*words)
        assert said.status == 2, words
        assert "Traceback" not in said.err


def test_a_witness_cosigns_and_remembers_over_its_restart(home: Path) -> None:
    key, pem = talk("log", "--json").json["key"], home / "w.pem"
    for size in (3, 5):
        log = open_log(home)
        log.append(entries_of(0, size))
        log.close()
        words = ("witness", "--key", pem, "--log", key, "--listen", "127.0.0.1:0")
        with started(*words) as (line, process):
            url = line.removeprefix("witness on ")
            assert process.stderr is not None
            witness = process.stderr.readline().strip().removeprefix("key: ")
            said = talk("log", "cosign", url, "--key", witness, "--json")
            assert said.status == 0, said.out
        result = check_proof(open_log(home).proof(size - 1), log_key=key, witness_keys=[witness])
        assert len(result.witnesses) == 1
    assert pem.stat().st_mode & 0o777 == 0o600
    gone = talk("log", "cosign", url, "--key", witness)
    assert gone.status == 4


def test_a_served_log_ends_when_told(home: Path) -> None:
    with started("log", "serve", "--listen", "127.0.0.1:0") as (line, process):
        assert line.startswith("the log, read-only, on http://127.0.0.1:")
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(60) == 0


def test_a_witness_key_that_others_can_read_is_refused(home: Path) -> None:
    key, pem = talk("log", "--json").json["key"], home / "w.pem"
    pem.write_text("x")
    for mode, word in ((0o644, "chmod 600"), (0o600, "PEM")):
        pem.chmod(mode)
        said = talk("witness", "--key", pem, "--log", key, "--listen", "127.0.0.1:0")
        assert said.status == 2
        assert word in said.err
