"""Delivered files: whole or not there, and nothing of the user's is ever touched."""

from pathlib import Path

import pytest

from berg.delivery.write import DOCUMENT, Finished, previous, write_document, write_files
from berg.digest import file_sha256
from berg.errors import StoreError
from berg.schema.asset import Asset
from berg.schema.delivery import Deliverable, Delivery, StepCounts, Totals


class Shelf:
    """Objects by content, as a store keeps them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def put(self, data: bytes, media_type: str = "video/mp4") -> Asset:
        path = self.folder / "new"
        path.write_bytes(data)
        sha256 = file_sha256(path)
        path.rename(self.folder / sha256)
        return Asset(sha256=sha256, size=len(data), media_type=media_type)

    def path(self, asset: Asset) -> Path:
        return self.folder / asset.sha256


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "shelf")


def _finished(asset: Asset, path: str = "short.en.mp4") -> Finished:
    return Finished(name="short", language="en", path=path, asset=asset, facts={"frames": 3})


def _delivery(*files: Deliverable) -> Delivery:
    return Delivery(
        run="r-1",
        steps=StepCounts(total=1, ran=1, cached=0, failed=0),
        wall_s=1.0,
        deliverables=files,
        receipt=Totals(wall_s=1.0, cpu_s=1.0, energy_wh={}, method="tdp_estimate"),
    )


def test_a_file_is_a_copy_with_its_digest(tmp_path: Path, shelf: Shelf) -> None:
    asset, out = shelf.put(b"film"), tmp_path / "a" / "b"
    (file,) = write_files([_finished(asset)], out, object_path=shelf.path)
    assert (out / file.path).read_bytes() == b"film"
    assert file.sha256 == file.content_sha256 == asset.sha256
    assert (out / file.path).stat().st_ino != shelf.path(asset).stat().st_ino


def test_a_file_that_is_right_is_left_alone(tmp_path: Path, shelf: Shelf) -> None:
    asset, out = shelf.put(b"film"), tmp_path / "out"
    write_files([_finished(asset)], out, object_path=shelf.path)
    before = (out / "short.en.mp4").stat().st_ino
    write_files([_finished(asset)], out, object_path=shelf.path)
    assert (out / "short.en.mp4").stat().st_ino == before


@pytest.mark.parametrize("damage", [b"", b"fil", b"FILM", b"film and more"])
def test_a_file_that_is_not_right_is_written_again(
    tmp_path: Path, shelf: Shelf, damage: bytes
) -> None:
    asset, out = shelf.put(b"film"), tmp_path / "out"
    write_files([_finished(asset)], out, object_path=shelf.path)
    (out / "short.en.mp4").write_bytes(damage)
    write_files([_finished(asset)], out, object_path=shelf.path)
    assert (out / "short.en.mp4").read_bytes() == b"film"


def test_a_link_in_the_way_is_replaced_and_what_it_points_to_kept(
    tmp_path: Path, shelf: Shelf
) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine.mp4"
    out.mkdir()
    mine.write_bytes(b"mine")
    (out / "short.en.mp4").symlink_to(mine)
    write_files([_finished(shelf.put(b"film"))], out, object_path=shelf.path)
    assert (out / "short.en.mp4").read_bytes() == b"film"
    assert mine.read_bytes() == b"mine"


def test_what_a_kill_left_half_written_is_cleared(tmp_path: Path, shelf: Shelf) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / ".short.en.mp4.4711.part").write_bytes(b"fi")
    write_files([_finished(shelf.put(b"film"))], out, object_path=shelf.path)
    assert [path.name for path in out.iterdir()] == ["short.en.mp4"]


def test_only_unchanged_files_of_the_delivery_before_go(tmp_path: Path, shelf: Shelf) -> None:
    out = tmp_path / "out"
    old = [_finished(shelf.put(name.encode()), name) for name in ("gone.mp4", "edited.mp4")]
    write_document(_delivery(*write_files(old, out, object_path=shelf.path)), out)
    (out / "edited.mp4").write_bytes(b"by hand")
    (out / "notes.txt").write_text("mine")
    new = write_files([_finished(shelf.put(b"film"))], out, object_path=shelf.path)
    write_document(_delivery(*new), out)
    assert {path.name for path in out.iterdir()} == {
        "short.en.mp4", "edited.mp4", "notes.txt", DOCUMENT,
    }  # fmt: skip
    assert [file.path for file in previous(out)] == ["short.en.mp4"]


def test_a_document_that_lies_removes_nothing_outside(tmp_path: Path, shelf: Shelf) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine.mp4"
    mine.write_bytes(b"mine")
    out.mkdir()
    lie = Deliverable(
        name="short",
        language="en",
        path="../mine.mp4",
        media_type="video/mp4",
        content_sha256=file_sha256(mine),
        sha256=file_sha256(mine),
        facts={},
    )
    (out / DOCUMENT).write_text(_delivery(lie).model_dump_json())
    write_document(_delivery(), out)
    assert mine.exists()


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1", '{"run": 3}', "\udcff".encode("utf-8", "surrogatepass").decode("latin-1")],
)
def test_a_document_that_is_none_lists_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / DOCUMENT).write_text(text)
    assert previous(tmp_path) == ()


def test_a_folder_that_cannot_be_is_said_with_the_next_action(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(StoreError, match="--out"):
        write_files([_finished(shelf.put(b"x"))], tmp_path / "out", object_path=shelf.path)
