"""SIGKILL at any moment: the same command goes on, redoes only what was in flight, and delivers
the very bytes of an undisturbed run."""

import random
import time
from pathlib import Path

import pytest

from tests.service.film import (
    Said,
    digests,
    kill_after,
    make,
    start,
    stored_keys,
    write_brief,
)

POINTS = (
    "object.half",
    "object.half:5",
    "object.stored",
    "object.stored:7",
    "index.committed",
    "index.committed:4",
    "join.half",
    "delivery.half",
    "delivery.half:2",
)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said, float]:
    """A brief, what an undisturbed make of it answers, and how long that takes."""
    folder = tmp_path_factory.mktemp("undisturbed")
    brief = write_brief(folder, voice="af_heart")
    begun = time.monotonic()
    said = make(folder / "home", brief, folder / "out")
    assert said.status == 0, said.err
    return brief, said, time.monotonic() - begun


def _goes_on(home: Path, out: Path, brief: Path, before: Said) -> None:
    """The same command finishes, reuses every stored result, and delivers the same bytes."""
    kept = len(stored_keys(home))
    said = make(home, brief, out)
    assert said.status == 0, said.err
    assert said.json["steps"]["ran"] <= said.json["steps"]["total"] - kept
    assert digests(said) == digests(before)
    assert not list(out.glob(".*.part"))


@pytest.mark.parametrize("chunk", range(4))
def test_a_kill_at_a_random_moment_loses_nothing(
    tmp_path: Path, undisturbed: tuple[Path, Said, float], chunk: int
) -> None:
    brief, before, whole_s = undisturbed
    moments = [random.Random(n).uniform(0.1, whole_s) for n in range(chunk, 20, 4)]
    for number, moment in enumerate(moments):
        home, out = tmp_path / f"home{number}", tmp_path / f"out{number}"
        kill_after(home, moment, "make", str(brief), "--out", str(out))
        _goes_on(home, out, brief, before)


@pytest.mark.parametrize("point", POINTS)
def test_a_kill_at_a_named_point_loses_nothing(
    tmp_path: Path, undisturbed: tuple[Path, Said, float], point: str
) -> None:
    brief, before, _ = undisturbed
    home, out = tmp_path / "home", tmp_path / "out"
    process = start(
        home, "make", str(brief), "--out", str(out), env={"BERG_KILL_AT": point}
    )
    process.communicate(timeout=240)
    assert process.returncode == -9, "the point was passed"
    _goes_on(home, out, brief, before)


def test_two_fresh_homes_give_the_same_bytes(
    tmp_path: Path, undisturbed: tuple[Path, Said, float]
) -> None:
    brief, before, _ = undisturbed
    assert digests(make(tmp_path / "home", brief, tmp_path / "out")) == digests(before)
