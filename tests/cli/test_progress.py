"""Progress: what a log sees, what a terminal sees, and how long it should still take."""

import io
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from berg.cli.live import LiveProgress
from berg.cli.progress import Progress
from berg.cli.tally import Tally
from berg.cli.text import cells
from berg.schema.events import (
    FilesSigned,
    RunPlanned,
    StepCached,
    StepMade,
    StepProgress,
    StepStarted,
    StepWaiting,
)
from berg.schema.plan import PlannedStep
from tests.cli.plans import plan, step
from tests.cli.talk import WEIGHTS
from tests.patience import PATIENCE_S
from tests.service.film import give_keys, write_brief


class Clock:
    """Seconds that go by when they are told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def told(*steps: PlannedStep) -> RunPlanned:
    """What a run tells of a plan."""
    return RunPlanned.of(plan(*steps))


def started(name: str, at: float = 0.0) -> StepStarted:
    return StepStarted(name=name, at=at)


def share(name: str, done: float) -> StepProgress:
    return StepProgress(name=name, done=done)


def made(name: str, seconds: float) -> StepMade:
    return StepMade(name=name, seconds=seconds)


def _lines(stream: io.StringIO) -> list[str]:
    return stream.getvalue().splitlines()


# Time left


def test_time_left_is_what_is_left_and_not_what_was_planned() -> None:
    clock, names = Clock(), [f"s{n}" for n in range(10)]
    tally = Tally(slots=2, clock=clock)
    tally.planned(told(*(step(name, seconds=2.0) for name in names)))
    assert tally.left_s() == pytest.approx(10)
    for done, name in enumerate(names[:6], start=1):
        clock.now += 1
        tally.finished(name, seconds=2.0)
        assert tally.left_s() == pytest.approx(2 * -(-(10 - done) // 2))


def test_a_chain_that_is_left_counts_although_slots_are_free() -> None:
    tally = Tally(slots=8, clock=Clock())
    tally.planned(told(step("a"), step("b", needs=("a",)), step("c", needs=("b",))))
    tally.found(["a"])
    assert tally.left_s() == pytest.approx(2)


def test_a_step_under_way_counts_by_its_share() -> None:
    clock = Clock()
    tally = Tally(slots=1, clock=clock)
    tally.planned(told(step("a", seconds=10)))
    tally.started("a", at=0.0)
    clock.now = 10
    tally.progressed("a", 0.5)  # half of it took as long as all of it should have
    assert tally.left_s() == pytest.approx(5, rel=0.5)
    tally.progressed("a", 1.0)
    assert tally.left_s() == pytest.approx(0)


def test_a_machine_slower_than_foreseen_moves_the_end() -> None:
    clock = Clock()
    tally = Tally(slots=1, clock=clock)
    tally.planned(told(*(step(f"s{n}", seconds=10) for n in range(10))))
    for n in range(5):
        clock.now += 20
        tally.finished(f"s{n}", seconds=20)
    assert tally.left_s() == pytest.approx(100, rel=0.1)


def test_a_step_is_counted_once() -> None:
    tally = Tally(clock=Clock())
    tally.planned(told(step("a"), step("b")))
    tally.found(["a"])
    tally.found(["a"])
    assert not tally.finished("a", seconds=0)
    assert (len(tally.done), tally.cached) == (1, 1)


# Plain lines


def test_a_log_of_71_steps_is_short_and_says_nothing_twice() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    names = [f"short/en/shot/{n:04x}/captions" for n in range(59)]
    names += [f"short/en/shot/{n:04x}/film" for n in range(12)]
    the_plan = told(*(step(name) for name in names))
    progress.event(the_plan)
    progress.event(the_plan)
    for name in names:
        progress.event(started(name, clock.now))
        for done in (0.1, 0.5, 0.9):
            progress.event(share(name, done))
        seconds = 1.5 if name.endswith("film") else 0.02
        clock.now += seconds
        progress.event(made(name, seconds))
    progress.close()
    lines = _lines(stream)
    assert len(lines) == len(set(lines)) == 1 + 12
    assert lines[0] == "71 steps, 0 already there, about 30 s"
    assert "[71/71]" in lines[-1]


def test_a_long_silence_is_broken_by_a_sign_of_life() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    progress.event(told(step("long", seconds=60)))
    progress.event(started("long"))
    for tenth in range(600):
        clock.now = tenth / 10
        progress.event(share("long", tenth / 600))
    lines = _lines(stream)[1:]
    assert 4 <= len(lines) <= 6
    assert re.fullmatch(r"  … \[0/1, about \d+ s left\] long \d+%", lines[0])


def test_signing_many_files_is_told_of_once_in_a_while() -> None:
    stream, clock = io.StringIO(), Clock()
    progress = Progress(stream, clock=clock)
    for done in range(500):
        clock.now += 0.05
        progress.event(FilesSigned(done=done, total=500))
    assert _lines(stream) == [
        "  … 199/500 files labelled and signed",
        "  … 399/500 files labelled and signed",
    ]


def test_cached_steps_are_counted_and_not_listed() -> None:
    stream = io.StringIO()
    progress = Progress(stream, clock=Clock())
    progress.event(told(step("a", state="cached"), step("b")))
    progress.event(StepCached(names=("a",)))
    progress.event(made("b", 2.0))
    assert _lines(stream) == [
        "2 steps, 1 already there, about 30 s",
        "  ✓ b  2.0 s  [2/2, 1 cached]",
    ]


def test_a_notice_is_one_line_that_moves_no_cursor() -> None:
    stream = io.StringIO()
    Progress(stream).noticed("a\x1b[2Jb\nc")
    assert stream.getvalue() == "  ! a\ufffd[2Jb c\n"


def test_work_that_another_run_does_is_said_once() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    for name in ("a", "b", "c"):
        progress.event(StepWaiting(name=name, on="result"))
    assert len(_lines(stream)) == 1


@pytest.mark.parametrize("kind", [Progress, LiveProgress])
def test_a_stream_that_nobody_reads_stops_nothing(kind: type[Progress]) -> None:
    said_all = False
    read, write = os.pipe()
    os.close(read)
    with suppress(BrokenPipeError), os.fdopen(write, "w") as stream:  # closing flushes again
        progress = kind(stream)
        progress.noticed("to nobody")
        progress.event(made("a", 1.0))
        progress.close()
        said_all = True
    assert said_all
    Progress(None).noticed("to nobody")


# A terminal


def _screen(output: str) -> list[str]:
    """What is left on the screen: lines, cursor up and erase below are all that is used."""
    lines, row = [""], 0
    for part in re.findall(r"\x1b\[\d*[A-Z]|\r|\n|[^\x1b\r\n]+", output):
        if part == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif part.startswith("\x1b") and part.endswith("A"):
            row -= int(part[2:-1])
        elif part == "\x1b[J":
            del lines[row:]
            lines.append("")
        elif part != "\r":
            assert not part.startswith("\x1b"), part
            lines[row] += part
    return [line for line in lines if line]


def test_live_lines_are_gone_at_the_end_and_notices_stay() -> None:
    stream = io.StringIO()
    progress = LiveProgress(stream, clock=Clock())
    progress.event(told(step("a"), step("b")))
    progress.event(started("a"))
    progress._draw()
    assert _screen(stream.getvalue())[1:] == ["0/2, about 2 s left", "  " + "░" * 20 + "   0%  a"]
    progress.noticed("look")
    progress.event(share("a", 0.5))
    progress._draw()
    assert _screen(stream.getvalue())[1] == "  ! look"
    assert " 50%  a" in _screen(stream.getvalue())[-1]
    progress.event(made("a", 1.0))
    progress.close()
    assert _screen(stream.getvalue()) == ["2 steps, 0 already there, about 30 s", "  ! look"]


def test_no_line_is_wider_or_higher_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setenv("LINES", "8")
    stream = io.StringIO()
    progress = LiveProgress(stream, clock=Clock())
    names = [f"短片/港口醒来之前我们已经开始烘焙/{n}" for n in range(40)]
    progress.event(told(*(step(name) for name in names)))
    for name in names:
        progress.event(started(name))
    progress._draw()
    progress.close()
    drawn = [line for line in re.split(r"\n|\x1b\[J", stream.getvalue()) if "%" in line]
    assert 0 < len(drawn) < 8
    assert max(map(cells, drawn)) < 30


def _in_terminal(*words: str, home: Path) -> tuple[int, str]:
    """Run a command with a terminal as its standard error."""
    home.mkdir()
    (home / "weights").symlink_to(WEIGHTS)
    give_keys(home)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "berg.cli.main", *words],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "BERG_HOME": str(home), "TERM": "xterm"},
    )
    os.close(theirs)
    seen = b""
    try:
        while data := os.read(ours, 4096):
            seen += data
    except OSError:  # Linux: the other end is closed
        pass
    os.close(ours)
    return process.wait(timeout=PATIENCE_S), seen.decode()


def test_a_make_on_a_terminal_is_redrawn_and_leaves_a_clean_screen(tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    status, seen = _in_terminal(
        "make", str(brief), "--out", str(tmp_path / "out"), home=tmp_path / "home"
    )
    assert status == 0, seen
    assert re.search(r"\d+/\d+, about \d+ s left\r\n  [█░]+ +\d+%  short/", seen)
    assert len(_screen(seen)) == 1
    assert re.match(r"\d+ steps, 0 already there, about \d+ s", _screen(seen)[0])


def test_an_error_on_a_terminal_comes_below_a_clean_screen(tmp_path: Path) -> None:
    brief = write_brief(tmp_path)
    (tmp_path / "photos" / "cup.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    status, seen = _in_terminal("make", str(brief), home=tmp_path / "home")
    assert status == 2
    assert "\x1b" not in seen
    assert seen.rstrip().endswith("1 fault; nothing was started")


def test_of_what_was_told_long_ago_no_time_left_is_said() -> None:
    stream, clock = io.StringIO(), Clock()
    clock.now = 1000.0
    progress = Progress(stream, clock=clock)
    for at in (10.0, 999.0):
        progress.event(
            told(*(step(name, seconds=60) for name in "abc")).model_copy(update={"at": at})
        )
        name = "a" if at < 500 else "b"
        progress.event(StepMade(at=at, name=name, seconds=9.0))
    early, late = (line for line in _lines(stream) if "✓" in line)
    assert "left" not in early
    assert "left" in late
