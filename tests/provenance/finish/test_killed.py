"""A delivery that is killed anywhere goes on with the very files that it had signed; each is
logged once, and nothing half done is left."""

from pathlib import Path

import pytest

from berg.digest import file_sha256
from berg.provenance.log import check_proof
from berg.provenance.log.audit import audit
from berg.provenance.sidecars import PROOF, SIDECARS
from tests.provenance.finish.desk import Desk, killed_while_delivering

PATHS = ("film.mp4", "poster.jpg", "film.srt")
SIGNED_ALL = (
    "finish.signed:3",
    "log.begun",
    "log.tile",
    "log.tiles",
    "log.published",
    "log.learnt",
    "log.done",
    "finish.logged",
    "delivery.half:1",
    "delivery.half:2",
    "delivery.half:3",
    "delivery.half:4",
    "delivery.half:5",
)
"""Points, in order, at which every file is signed; the film and the poster are one file each, and
the subtitles three."""
BEFORE = ("finish.signed:1", "finish.signed:2")


def signed_so_far(desk: Desk) -> dict[str, str]:
    """Digests of the files that are signed, in their places or aside."""
    found = {}
    for path in PATHS:
        for place in (desk.out / path, desk.out / f".signing.{path}"):
            if place.exists():
                found[path] = file_sha256(place)
    return found


def require_whole(desk: Desk) -> dict[str, str]:
    """The same delivery once more: all there, logged once, and nothing beside it."""
    files = desk.deliver(*(desk.item(path) for path in PATHS))
    beside = {name for file in files for name in file.beside}
    assert desk.names() == {*PATHS, *beside, "delivery.json"}
    for file in files:
        assert file_sha256(desk.out / file.path) == file.sha256
        text = (desk.out / f"{file.path}.tlog-proof").read_text()
        assert check_proof(text, log_key=desk.log.vkey()).included
    assert sorted(entry.sha256 for entry in desk.entries()) == sorted(f.sha256 for f in files)
    assert audit(desk.log).problems == ()
    return {file.path: file.sha256 for file in files}


@pytest.mark.parametrize("point", [*BEFORE, *SIGNED_ALL])
def test_a_killed_delivery_goes_on_with_what_it_had_signed(tmp_path: Path, point: str) -> None:
    killed_while_delivering(point, tmp_path, PATHS)
    desk = Desk(tmp_path)
    before = signed_so_far(desk)
    assert len(before) == (BEFORE.index(point) + 1 if point in BEFORE else 3)
    after = require_whole(desk)
    assert {path: after[path] for path in before} == before
    state = desk.state()
    assert require_whole(desk) == after
    assert desk.state() == state


def test_a_delivery_killed_again_and_again_gets_done(tmp_path: Path) -> None:
    for point in ("finish.signed", "log.tile", "finish.logged", "delivery.half"):
        killed_while_delivering(point, tmp_path, PATHS)
    assert len(require_whole(Desk(tmp_path))) == 3


def test_a_changed_delivery_after_a_kill_leaves_nothing_of_the_one_before(tmp_path: Path) -> None:
    killed_while_delivering("delivery.half:2", tmp_path, PATHS)
    desk = Desk(tmp_path)
    files = desk.deliver(desk.item("other.jpg"))
    beside = {name for file in files for name in file.beside}
    placed = desk.names() - {"other.jpg", "delivery.json", *beside}
    assert not [name for name in placed if name.startswith(".")]
    # what the killed one had put in its place was never in a document: nobody knows whose it is
    assert placed <= {path + ending for path in PATHS for ending in ("", *SIDECARS)}
    assert {f"{path}{PROOF}" for path in PATHS if path in placed} <= placed
