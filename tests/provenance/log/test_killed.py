"""A log survives the death of whoever appends, at every moment; so does a witness's memory."""

import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import pytest

from berg.provenance.log import check_proof
from berg.provenance.log.audit import audit
from tests.provenance.log import spec
from tests.provenance.log.hand import Hand, append, killed_at, witness
from tests.provenance.log.making import entries_of, entry_of, log_at
from tests.provenance.log.test_witness import request_of, witness_at

POINTS = (
    "log.beside-written:1",  # pending
    "log.begun:1",
    "log.beside-written:3",  # a tile
    "log.tile:1",
    "log.tile:2",
    "log.tiles:1",
    "log.beside-written:5",  # the checkpoint
    "log.published:1",
    "log.learnt:1",
    "log.pruned:1",
    "log.done:1",
)


def require_whole(folder: Path, seen: Sequence[tuple[int, bytes]], entries: int) -> None:
    """The log opens, holds all that was published and continues every checkpoint ever seen."""
    log = log_at(folder)
    log.append(entries_of(0, entries))
    size = log.head().size
    assert size == entries  # each once, whether it was logged before the kill or after it
    leaves = spec.read_entries(folder, size)
    assert spec.mth(leaves) == log.head().root
    for old, root in seen:
        assert spec.mth(leaves[:old]) == root
    assert audit(log).problems == ()
    assert not (folder / ".state/pending").exists()
    for number in {0, entries // 2, entries - 1}:
        (index,) = log.find(sha256=entry_of(number).sha256)
        assert check_proof(log.proof(index), entry_of(number), log_key=log.vkey()).included
    log.close()


@pytest.mark.parametrize("point", POINTS)
def test_a_log_survives_a_kill_at_every_point(tmp_path: Path, point: str) -> None:
    log = log_at(tmp_path)
    log.append(entries_of(0, 250))  # so that the next batch fills a tile and prunes
    log.close()
    seen = [(250, log.head().root)]
    killed_at(point, append, tmp_path, 250, 262, 12)
    published = log.published()
    assert published is not None
    assert published[0].size in (250, 262)
    seen.append((published[0].size, published[0].root))
    require_whole(tmp_path, seen, 262)


def test_a_log_survives_a_kill_in_the_middle_of_its_mending(tmp_path: Path) -> None:
    log_at(tmp_path).append(entries_of(0, 250))
    for point in ("log.begun", "log.tile:1", "log.tile:2", "log.tiles", "log.published"):
        killed_at(point, append, tmp_path, 250, 262, 12)
    require_whole(tmp_path, [], 262)


def test_the_first_append_of_all_may_die(tmp_path: Path) -> None:
    for point in ("log.begun", "log.tile:1", "log.tiles"):
        killed_at(point, append, tmp_path, 0, 3, 3)
        assert log_at(tmp_path).head().size == 0
    require_whole(tmp_path, [], 3)


def test_a_log_survives_kills_at_random_moments_of_two_processes(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    seen: list[tuple[int, bytes]] = []
    for round_ in range(6):
        hands = [Hand(append, tmp_path, begin, 200, 3) for begin in (0, 30 * round_)]
        for hand in hands:
            seen += islice(hand.said(), chance.randrange(1, 20))
            hand.kill()
            seen += hand.said()
            hand.ending()
        published = log_at(tmp_path).published()
        assert published is not None
        assert published[0].size >= max(size for size, _ in seen)
        seen.append((published[0].size, published[0].root))
    log = log_at(tmp_path)
    log.append(entries_of(0, 200))
    leaves = spec.read_entries(tmp_path, 200)
    assert sorted(leaves) == sorted(entry.leaf() for entry in entries_of(0, 200))
    for old, root in seen:
        assert spec.mth(leaves[:old]) == root
    assert audit(log).problems == ()


@pytest.mark.parametrize("point", ["witness.checked", "log.beside-written", "witness.remembered"])
def test_a_witness_survives_a_kill_and_signs_one_history_only(tmp_path: Path, point: str) -> None:
    honest, forked = log_at(tmp_path / "honest"), log_at(tmp_path / "forked")
    honest.append(entries_of(0, 5))
    forked.append(entries_of(0, 5))
    memory = tmp_path / "memory"
    assert witness_at(memory).add_checkpoint(request_of(honest, 0)).status == 200
    honest.append(entries_of(5, 9))
    forked.append(entries_of(5, 9, kind="forked"))
    assert killed_at(point, witness, memory, request_of(honest, 5)) == []
    again = witness_at(memory)
    last = again.last(honest.origin)
    assert last is not None
    assert last.size == (9 if point == "witness.remembered" else 5)
    if last.size == 9:  # it may have cosigned: the fork has no chance any more
        assert again.add_checkpoint(request_of(forked, 5)).status == 409
        assert again.add_checkpoint(request_of(forked, 9)).status == 409
    assert again.add_checkpoint(request_of(honest, last.size)).status == 200
    assert again.add_checkpoint(request_of(forked, 9)).status == 409
