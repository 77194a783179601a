"""Whatever a file does to its checking process, the others are checked and nothing is left."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.provenance.verify import Demands, NoLog, Orders, Report, Verifier
from berg.provenance.verify.check import report_on
from berg.provenance.verify.orders import Inquiry, Sighting
from berg.provenance.verify.process import Checker, Died
from tests.provenance.verify import foreign
from tests.provenance.verify.conftest import Truths
from tests.provenance.verify.material import picture, save

PATIENT_S = 300.0
GIB = 1 << 30


def asked(path: Path) -> Inquiry:
    return Inquiry(what="file", path_hex=os.fsencode(path).hex(), quick=True)


def answer(checker: Checker, path: Path) -> Sighting:
    return Sighting.model_validate_json(checker.ask(asked(path), limit_s=PATIENT_S))


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    checker = Checker(Orders())
    yield checker
    checker.close()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return save(picture(1, width=60, height=60), tmp_path / "small.jpg")


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """Takes seconds to read, and no room on the disk."""
    path = tmp_path / "endless.mp4"
    with path.open("wb") as file:
        file.truncate(12 * GIB)
    return path


def children() -> list[psutil.Process]:
    """Checking processes of this test run."""
    found = []
    for child in psutil.Process().children():
        try:
            if "berg.provenance.verify.child" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


def test_a_file_that_takes_too_long_is_left_and_the_next_is_checked(
    checker: Checker, small: Path, endless: Path
) -> None:
    assert answer(checker, small).seen is not None
    with pytest.raises(Died, match="it took longer than 0 s"):
        checker.ask(asked(endless), limit_s=0.05)
    assert answer(checker, small).seen is not None


def test_a_crash_is_told_by_its_signal_and_a_new_process_goes_on(
    checker: Checker, small: Path
) -> None:
    assert answer(checker, small).seen is not None
    before = {child.pid for child in children()}
    for pid in before:
        os.kill(pid, signal.SIGSEGV)
    with pytest.raises(Died, match=r"the checking process crashed \(SIGSEGV\)"):
        checker.ask(asked(small), limit_s=PATIENT_S)
    assert answer(checker, small).seen is not None
    assert before.isdisjoint(child.pid for child in children())


def test_a_file_that_kills_its_checker_costs_no_other_file_its_verdict(
    small: Path, endless: Path
) -> None:
    killed: set[int] = {child.pid for child in children()}
    spare = len(killed)
    stop = threading.Event()

    def kill_two() -> None:
        while len(killed) < spare + 2 and not stop.wait(0.01):
            for child in children():
                if child.pid not in killed:
                    killed.add(child.pid)
                    child.send_signal(signal.SIGSEGV)

    killer = threading.Thread(target=kill_two)
    killer.start()
    try:
        first, second = Verifier(orders=Orders()).check([endless, small])
    finally:
        stop.set()
        killer.join()
    assert first.verdict.sentence == (
        "Could not be checked: the checking process crashed (SIGSEGV)."
    )
    assert second.verdict.kind == "unmarked"


def test_who_stops_leaves_no_process_behind(small: Path, endless: Path) -> None:
    before = {child.pid for child in children()}

    def stop(count: int, report: Report) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Verifier(orders=Orders(), quick=True).check([small, endless], side_by_side=2, progress=stop)
    assert {child.pid for child in children()} == before


def test_what_can_not_be_opened_is_said_and_the_rest_is_checked(
    tmp_path: Path, small: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    files = [tmp_path / "gone.jpg", tmp_path / "pipe.jpg", tmp_path, small]
    sentences = [r.verdict.sentence for r in Verifier(orders=Orders()).check(files)]
    assert "can't be opened" in sentences[0]
    assert "it is a pipe, a device or a folder" in sentences[1]
    assert "it is a pipe, a device or a folder" in sentences[2]
    assert sentences[3].startswith("Nothing was found to check")


def test_a_label_with_half_a_character_is_told(tmp_path: Path, checker: Checker) -> None:
    path = tmp_path / "a.srt"
    path.write_text("1\n")
    label = r'{"Label": "1", "ContentProducer": "\ud83d", "ProduceID": "p\udead"}'
    Path(f"{path}.aigc.json").write_text(label)
    seen = answer(checker, path).seen
    assert seen is not None
    (found,) = seen.label.seen
    assert (found.label, found.produce_id) == ("1", "p?")


def test_pipes_and_links_that_pose_as_sidecars_hold_nobody_up(
    tmp_path: Path, small: Path, checker: Checker
) -> None:
    os.mkfifo(f"{small}.tlog-proof")
    assert "small.jpg.tlog-proof beside it is no plain file" in answer(checker, small).problem
    os.unlink(f"{small}.tlog-proof")
    Path(f"{small}.c2pa").symlink_to("/etc/passwd")
    assert "small.jpg.c2pa beside it is no plain file" in answer(checker, small).problem


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_files_get_an_answer_and_are_never_sound(
    truths: Truths, checker: Checker, data: st.DataObject
) -> None:
    names = [
        "as delivered.jpg",
        "two labels.png",
        "film as delivered.mp4",
        "sound as delivered.wav",
    ]
    whole = (truths.folder / data.draw(st.sampled_from(names))).read_bytes()
    begin = data.draw(st.integers(1, len(whole) - 1))
    junk = data.draw(st.binary(max_size=200))
    path = truths.folder.with_name("damaged.bin")
    path.write_bytes(whole[:begin] + junk)
    seen = answer(checker, path).seen
    assert seen is not None
    assert not report_on(path, seen, demands=Demands(), ledger=NoLog()).verdict.sound


def test_nothing_is_fetched_whatever_a_file_names(truths: Truths, tmp_path: Path) -> None:
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        remote = f"http://127.0.0.1:{server.server_port}/manifest.c2pa"
        plain = save(picture(1, width=60, height=60), tmp_path / "plain.jpg")
        signer = truths.theirs.keys.signer()
        foreign.other_tools(plain, tmp_path / "remote.jpg", signer=signer, remote=remote)
        (report,) = Verifier(orders=Orders()).check([tmp_path / "remote.jpg"])
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert hits == []
    assert report.verdict.kind == "unmarked"
    assert any("its manifest lies elsewhere; nothing was fetched" in u for u in report.unknown)


def test_the_checking_process_is_confined() -> None:
    script = (
        "import resource as r; from berg.provenance.verify.child import LIMITS;"
        "from berg.children import confine; confine(LIMITS);"
        "print([r.getrlimit(w)[1] for w in (r.RLIMIT_CORE, r.RLIMIT_FSIZE, r.RLIMIT_AS)])"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    core, size, memory = (int(word) for word in said.stdout.strip("[]\n").split(","))
    assert core == 0
    assert 0 < size <= 512 << 20
    assert 0 < memory <= 6 * GIB


def test_secrets_go_through_a_pipe_only(checker: Checker, small: Path) -> None:
    secret = "5e" * 32
    orders = Orders(mark_secrets=(secret,))
    assert secret not in repr(orders)
    held = Checker(orders)
    try:
        assert answer(held, small).seen is not None
        for child in children():
            assert secret not in " ".join(child.cmdline())
            assert secret not in str(child.environ())
    finally:
        held.close()


def test_a_process_that_can_not_be_started_is_said_and_nothing_hangs(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    (report,) = Verifier(orders=Orders()).check([small])
    assert report.verdict.sentence == (
        "Could not be checked: the checking process can't be started: No such file or directory."
    )
