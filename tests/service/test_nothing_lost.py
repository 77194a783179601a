"""SIGKILL at any moment: the same command goes on, redoes only what was in flight, and delivers
the very bytes of an undisturbed run.

A command that goes on after a kill is itself killed, up to four times on one home; then it is let
finish. After every kill all that was finished is there, whole, and no work on it was done twice.
"""

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from berg.provenance.keys import KeyRing
from berg.provenance.log import Log
from tests.service.film import Said, committed, killed_after, made, start, write_brief

KILLS = 20
KILLS_PER_HOME = 4


@dataclass(frozen=True)
class Undisturbed:
    """A brief, and how an undisturbed make of it went."""

    brief: Path
    said: Said
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    brief = write_brief(folder, photos=("harbour",), music=True)
    begun = time.monotonic()
    said = made(folder / "home", brief, folder / "out")
    return Undisturbed(brief, said, time.monotonic() - begun)


@pytest.mark.parametrize("seed", range(KILLS // KILLS_PER_HOME))
def test_a_kill_at_a_random_moment_loses_nothing(
    tmp_path: Path, undisturbed: Undisturbed, seed: int
) -> None:
    moments = random.Random(seed)
    kills = homes = 0
    while kills < KILLS_PER_HOME:  # a make that ended before its kill counts for nothing
        homes += 1
        assert homes <= 6
        kills += _kill_again_and_again(tmp_path / str(homes), undisturbed, moments)


def _kill_again_and_again(folder: Path, whole: Undisturbed, moments: random.Random) -> int:
    home, out = folder / "home", folder / "out"
    kept: set[str] = set()
    kills = 0
    while kills < KILLS_PER_HOME:
        process = start(home, "make", str(whole.brief), "--out", str(out))
        left = max(0.2, 1 - len(kept) / whole.said.ran)  # most kills strike while work is left
        if not killed_after(moments.uniform(0.05, 0.9) * left * whole.seconds, process):
            break
        kills += 1
        kept = _kept(home, kept)
    finish(home, out, whole.brief, whole.said, kept)
    return kills


def _kept(home: Path, before: set[str]) -> set[str]:
    keys, commits = committed(home)
    assert before <= keys, "what was finished stays"
    assert commits == len(keys), "nothing was finished twice"
    return keys


def finish(home: Path, out: Path, brief: Path, whole: Said, kept: set[str]) -> None:
    """The same command finishes, running what was not finished and nothing else."""
    keys, _ = committed(home)
    assert kept <= keys
    said = made(home, brief, out)
    assert said.ran == whole.ran - len(keys)
    _, commits = committed(home)
    assert commits == whole.ran, "over all runs, every step was finished once"
    assert said.digests == whole.digests
    assert not list(out.glob(".*")), "nothing half done is left in the delivery"
    assert logged(home) == sorted(item["sha256"] for item in said.json["deliverables"])


def logged(home: Path) -> list[str]:
    """Digests of the files in a home's log."""
    ring = KeyRing.open(home / "keys")
    log = Log(home / "log", key=ring.log_key(), origin=ring.log_origin())
    return sorted(log.entry(index).sha256 for index in range(log.head().size))


def test_two_fresh_homes_give_the_same_bytes(tmp_path: Path, undisturbed: Undisturbed) -> None:
    one_slot = {"BERG_SLOTS": "1"}
    said = made(tmp_path / "home", undisturbed.brief, tmp_path / "out", env=one_slot)
    assert said.digests == undisturbed.said.digests
    assert said.ran == undisturbed.said.ran
