"""Delivered files: whole or not there, signed and logged once; nothing of the user's is touched."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from berg.delivery.folder import alone
from berg.delivery.write import DOCUMENT, previous, write_document, write_files
from berg.digest import file_sha256
from berg.errors import CorruptObject, StoreError
from berg.provenance.keys import TIME_STAMP_VARIABLE
from berg.provenance.log import check_proof
from berg.provenance.sidecars import PROOF
from berg.schema.delivery import Deliverable
from tests.provenance.finish.desk import Desk, content, delivery


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_file_is_signed_with_both_its_digests(desk: Desk) -> None:
    item = desk.item("a/b/film.mp4")
    (file,) = desk.write(item)
    target = desk.out / file.path
    assert file.content_sha256 == item.asset.sha256
    assert file.sha256 == file_sha256(target) != file.content_sha256
    assert target.stat().st_ino != desk.store.path(item.asset).stat().st_ino
    assert file_sha256(desk.store.path(item.asset)) == item.asset.sha256


def test_signing_says_how_far_it_is(desk: Desk) -> None:
    said: list[tuple[int, int]] = []
    items = [desk.item(path) for path in ("film.mp4", "poster.jpg")]
    write_files(
        items,
        desk.out,
        object_path=desk.store.path,
        finisher=desk.finisher,
        progress=lambda done, total: said.append((done, total)),
    )
    assert said == [(0, 2), (1, 2)]


def test_a_delivery_is_left_alone_by_the_same_delivery(desk: Desk) -> None:
    paths = ("film.mp4", "poster.jpg", "film.srt")
    first = desk.deliver(*(desk.item(path) for path in paths))
    before = desk.state()
    again = desk.deliver(*(desk.item(path) for path in paths))
    assert again == first
    assert desk.state() == before
    assert len(desk.entries()) == 3


def test_and_when_the_log_has_grown_meanwhile(desk: Desk) -> None:
    first = desk.deliver(desk.item("poster.jpg"))
    before = desk.state()
    other = Desk(desk.folder)
    other.out = desk.folder / "elsewhere"
    other.deliver(*(other.item(f"{n}.srt", f"{n}".encode()) for n in range(9)))
    assert desk.deliver(desk.item("poster.jpg")) == first
    assert desk.state() == before
    assert len(desk.entries()) == 10


def test_and_when_its_steps_ran_again_with_other_receipts(desk: Desk) -> None:
    first = desk.deliver(desk.item("poster.jpg"))
    before = desk.state()
    again = desk.deliver(desk.item("poster.jpg", receipt_sha256="cd" * 32))
    assert desk.state() == before
    assert again == first, "what is said of the receipt is what the manifest says"


ANEW: dict[str, dict[str, Any]] = {
    "profile": {"profile": "eu"},
    "producer": {"producer": "Tidewater"},
    "title": {"title": "Another"},
    "label": {"label_text": "AI voice"},
}


@pytest.mark.parametrize("what", ANEW)
def test_another_profile_producer_title_or_label_finishes_a_file_anew(
    desk: Desk, what: str
) -> None:
    (first,) = desk.deliver(desk.item("poster.jpg"))
    (again,) = desk.deliver(desk.item("poster.jpg", **ANEW[what]))
    assert again.content_sha256 == first.content_sha256
    assert again.sha256 != first.sha256
    assert [entry.sha256 for entry in desk.entries()] == [first.sha256, again.sha256]


def test_another_signer_or_time_stamp_service_finishes_a_file_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = desk.deliver(desk.item("poster.jpg"))
    desk.keys.rotate()
    (second,) = desk.deliver(desk.item("poster.jpg"))
    monkeypatch.setenv(TIME_STAMP_VARIABLE, "http://127.0.0.1:9/")
    (third,) = desk.deliver(desk.item("poster.jpg"))
    assert len({first.sha256, second.sha256, third.sha256}) == 3
    assert desk.deliver(desk.item("poster.jpg")) == (third,)


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-9], lambda data: data[:90] + b"!" + data[91:]],
    ids=["empty", "cut", "one byte"],
)
def test_a_damaged_file_is_finished_anew(desk: Desk, damage: Callable[[bytes], bytes]) -> None:
    desk.deliver(desk.item("poster.jpg"))
    target = desk.out / "poster.jpg"
    target.write_bytes(damage(target.read_bytes()))
    (again,) = desk.deliver(desk.item("poster.jpg"))
    assert file_sha256(target) == again.sha256
    assert len(desk.entries()) == 2


def test_many_files_are_listed_and_logged_in_the_order_of_the_delivery(desk: Desk) -> None:
    items = [desk.item(f"t{number:02}.srt", b"%d" % number) for number in range(12)]
    files = desk.deliver(*items)
    assert [file.path for file in files] == [item.path for item in items]
    assert [file.credentials.index for file in files] == list(range(12))
    assert [entry.sha256 for entry in desk.entries()] == [file.sha256 for file in files]
    assert {f"{item.path}{ending}" for item in items for ending in ("", PROOF)} <= desk.names()


def test_a_file_that_cannot_be_placed_fails_the_delivery_and_the_next_one_mends_it(
    desk: Desk,
) -> None:
    items = [desk.item(f"t{number}.srt", b"%d" % number) for number in range(6)]
    (desk.out / "t3.srt").mkdir(parents=True)
    with pytest.raises(StoreError, match="can't write the delivery"):
        desk.deliver(*items)
    assert not (desk.out / "delivery.json").exists()
    (desk.out / "t3.srt").rmdir()
    files = desk.deliver(*items)
    assert all(file_sha256(desk.out / file.path) == file.sha256 for file in files)
    assert len(desk.entries()) == 6


@pytest.mark.parametrize("ending", [".c2pa", ".aigc.json"])
def test_a_damaged_or_missing_sidecar_is_made_again_with_its_file(desk: Desk, ending: str) -> None:
    desk.deliver(desk.item("film.srt"))
    beside = desk.out / f"film.srt{ending}"
    for spoil in (lambda: beside.write_bytes(b"x"), beside.unlink):
        spoil()
        (again,) = desk.deliver(desk.item("film.srt"))
        assert beside.stat().st_size > 10
        assert beside.name in again.beside


@pytest.mark.parametrize("damage", ["gone", "cut", "another's", "no text", "a pipe"])
def test_a_proof_that_proves_nothing_is_written_again_and_its_file_left_alone(
    desk: Desk, damage: str
) -> None:
    desk.deliver(desk.item("poster.jpg"), desk.item("film.srt"))
    before = desk.state()
    proof = desk.out / "poster.jpg.tlog-proof"
    text = proof.read_text()
    proof.unlink()
    match damage:
        case "cut":
            proof.write_text(text[:-20])
        case "another's":
            shutil.copy(desk.out / "film.srt.tlog-proof", proof)
        case "no text":
            proof.write_bytes(b"\xff\xfe")
        case "a pipe":
            os.mkfifo(proof)
    desk.deliver(desk.item("poster.jpg"), desk.item("film.srt"))
    assert check_proof(proof.read_text(), log_key=desk.log.vkey()).included
    after = desk.state()
    assert {name for name in after if after[name] != before[name]} <= {proof.name}
    assert len(desk.entries()) == 2


def test_a_link_in_the_way_is_replaced_and_what_it_points_to_kept(desk: Desk) -> None:
    mine = desk.folder / "mine.jpg"
    desk.out.mkdir()
    mine.write_bytes(b"mine")
    (desk.out / "poster.jpg").symlink_to(mine)
    (desk.out / "poster.jpg.tlog-proof").symlink_to(mine)
    (file,) = desk.deliver(desk.item("poster.jpg"))
    assert file_sha256(desk.out / "poster.jpg") == file.sha256
    assert not (desk.out / "poster.jpg").is_symlink()
    assert not (desk.out / "poster.jpg.tlog-proof").is_symlink()
    assert mine.read_bytes() == b"mine"


def test_a_link_to_the_very_file_is_replaced_by_a_file(desk: Desk) -> None:
    desk.deliver(desk.item("poster.jpg"))
    moved = desk.folder / "moved.jpg"
    (desk.out / "poster.jpg").rename(moved)
    (desk.out / "poster.jpg").symlink_to(moved)
    desk.deliver(desk.item("poster.jpg"))
    assert not (desk.out / "poster.jpg").is_symlink()


def test_what_killed_runs_left_half_done_goes_and_nothing_else(desk: Desk) -> None:
    desk.deliver(desk.item("posters/a.jpg"), desk.item("film.srt"))
    left = (
        ".signing.other.mp4",
        ".signing.other.srt.c2pa",
        "..signing.other.mp4.0123456789ab",
        ".signing.other.mp4.labelled",
        ".film.srt.tlog-proof.4711.part",
        ".delivery.json.4711.part",
        ".index.html.4711.part",
        "posters/.signing.b.jpg",
    )
    mine = (".notes.4711.part", "signing.mp4", ".hidden", "posters/mine.jpg")
    for name in (*left, *mine):
        (desk.out / name).write_bytes(b"?")
    desk.deliver(desk.item("film.srt"))
    assert not [name for name in left if (desk.out / name).exists()]
    assert all((desk.out / name).read_bytes() == b"?" for name in mine)
    assert not (desk.out / "posters" / "a.jpg").exists(), "of the delivery before, unchanged"


def test_sidecars_that_are_not_needed_any_more_go(desk: Desk) -> None:
    desk.deliver(desk.item("film.srt"))
    assert "film.srt.aigc.json" in desk.names()
    desk.deliver(desk.item("film.srt", generated=(), profile="none"))
    assert desk.names() == {"film.srt", "film.srt.c2pa", "film.srt.tlog-proof", DOCUMENT}


def test_only_unchanged_files_of_the_delivery_before_go_with_what_is_beside_them(
    desk: Desk,
) -> None:
    desk.deliver(desk.item("gone.srt", b"gone"), desk.item("edited.srt", b"edited"))
    (desk.out / "edited.srt").write_bytes(b"by hand")
    (desk.out / "notes.txt").write_text("mine")
    desk.deliver(desk.item("film.mp4"))
    beside = (".aigc.json", ".c2pa", ".tlog-proof")
    edited = {"edited.srt", *(f"edited.srt{ending}" for ending in beside)}
    assert desk.names() == {"film.mp4", "film.mp4.tlog-proof", "notes.txt", DOCUMENT, *edited}
    assert [file.path for file in previous(desk.out)] == ["film.mp4"]


def test_a_document_that_lies_removes_nothing_outside(desk: Desk) -> None:
    mine = desk.folder / "mine.mp4"
    mine.write_bytes(b"mine")
    (desk.folder / ".signing.mine").write_bytes(b"mine")
    desk.out.mkdir()
    lie = Deliverable(
        name="short",
        language="en",
        path="../mine.mp4",
        media_type="video/mp4",
        content_sha256=file_sha256(mine),
        sha256=file_sha256(mine),
        facts={},
        beside=("../mine.mp4",),
    )
    (desk.out / DOCUMENT).write_text(delivery(lie).model_dump_json())
    desk.write(desk.item("film.srt"))
    write_document(delivery(), desk.out)
    assert mine.exists()
    assert (desk.folder / ".signing.mine").exists()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1", '{"run": 3}', "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")],
)
def test_a_document_that_is_none_lists_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / DOCUMENT).write_text(text)
    assert previous(tmp_path) == ()


def test_a_folder_that_cannot_be_is_said_with_the_next_action(desk: Desk) -> None:
    desk.out.write_text("a file")
    with pytest.raises(StoreError, match="--out"):
        desk.write(desk.item("film.srt"))


def test_a_folder_in_the_way_of_a_file_is_said_and_kept(desk: Desk) -> None:
    (desk.out / "film.srt").mkdir(parents=True)
    (desk.out / "film.srt" / "mine").write_text("mine")
    with pytest.raises(StoreError, match="--out"):
        desk.write(desk.item("film.srt"))
    assert (desk.out / "film.srt" / "mine").read_text() == "mine"


def test_a_damaged_object_is_told_as_such_so_that_it_can_be_made_again(desk: Desk) -> None:
    good, bad = desk.item("film.srt"), desk.item("poster.jpg")
    path = desk.store.path(bad.asset)
    path.chmod(0o644)
    path.write_bytes(b"damaged")
    with pytest.raises(CorruptObject):
        Desk(desk.folder).write(good, bad)
    desk.store.put_bytes(content("jpg"), "image/jpeg")
    files = desk.deliver(good, bad)
    assert len(desk.entries()) == len(files) == 2


def test_two_deliveries_into_one_folder_take_turns(desk: Desk) -> None:
    """Each in a thread with a home's own handles, as two processes would have them."""
    items = [desk.item(path) for path in ("film.mp4", "poster.jpg", "film.srt")]
    answers: list[tuple[Deliverable, ...]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(Desk(desk.folder).write(*items)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers[0] == answers[1] == answers[2]
    assert len(desk.entries()) == 3
    assert all(file_sha256(desk.out / file.path) == file.sha256 for file in answers[0])


def test_a_folder_held_for_too_long_by_another_run_is_said(tmp_path: Path) -> None:
    with (
        alone(tmp_path),
        pytest.raises(StoreError, match="another run"),
        alone(tmp_path, patience_s=0),
    ):
        pass
