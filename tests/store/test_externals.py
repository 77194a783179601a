"""Users' own files: they stay where they are, are hashed once, and a change is noticed."""

import os
from pathlib import Path

import pytest

from berg.digest import bytes_sha256
from berg.errors import CorruptObject, RequestError, StoreError
from berg.store import Store, externals


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.JPG"
    path.write_bytes(b"a photograph")
    _age(path)
    return path


def _age(path: Path) -> None:
    """As if it had been written an hour ago."""
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns - 3_600_000_000_000))


def test_an_adopted_file_stays_where_it_is(store: Store, photo: Path) -> None:
    asset = store.adopt(photo)
    assert (asset.sha256, asset.size) == (bytes_sha256(b"a photograph"), 12)
    assert asset.media_type == "image/jpeg"
    assert store.adopt(photo, "image/x-own").media_type == "image/x-own"
    assert store.path(asset) == photo
    assert store.present([asset])
    assert list((store.home / "objects").iterdir()) == []


def test_a_file_is_hashed_once_while_it_stays_the_same(
    home: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[Path] = []
    real = externals.file_sha256
    monkeypatch.setattr(externals, "file_sha256", lambda p: (hashed.append(p), real(p))[1])
    for _ in range(3):
        with Store(home) as store:
            store.path(store.adopt(photo))
    assert hashed == [photo]


def test_a_file_written_a_moment_ago_is_not_believed_from_its_times(
    store: Store, photo: Path
) -> None:
    photo.write_bytes(b"first bytes!")
    store.adopt(photo)
    facts = photo.stat()
    photo.write_bytes(b"other bytes!")
    os.utime(photo, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert store.adopt(photo).sha256 == bytes_sha256(b"other bytes!")


def test_a_changed_file_is_refused_each_time_until_it_is_adopted_anew(
    store: Store, photo: Path
) -> None:
    asset = store.adopt(photo)
    photo.write_bytes(b"another picture")
    assert not store.present([asset])
    for _ in range(2):
        with pytest.raises(StoreError, match="changed since it was read") as caught:
            store.path(asset)
        assert str(photo) in caught.value.message
    fresh = store.adopt(photo)
    assert store.path(fresh) == photo
    with pytest.raises(CorruptObject):
        store.path(asset)


def test_a_touched_file_is_still_the_same(store: Store, photo: Path) -> None:
    asset = store.adopt(photo)
    os.utime(photo, ns=(5, 5))
    assert store.path(asset) == photo
    assert store.present([asset])


def test_of_two_files_with_the_same_bytes_one_may_go(store: Store, photo: Path) -> None:
    copy = photo.with_name("copy.jpg")
    copy.write_bytes(photo.read_bytes())
    asset = store.adopt(photo)
    store.adopt(copy)
    photo.unlink()
    assert store.path(asset) == copy
    copy.unlink()
    with pytest.raises(StoreError, match="put it back"):
        store.path(asset)


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_refused(store: Store, tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(RequestError, match=kind):
        store.adopt(path)


def test_names_that_are_no_text_are_fine(store: Store, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    path.write_bytes(b"png")
    asset = store.adopt(path)
    assert store.path(asset).read_bytes() == b"png"
    assert asset.media_type == "image/png"
