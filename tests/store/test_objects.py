"""Objects: what is put is there, whole, under its digest; what went bad is set aside."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berg.digest import bytes_sha256
from berg.errors import CorruptObject, StoreError
from berg.store import Store

from .conftest import record


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(contents=st.lists(st.binary(max_size=2000), min_size=1, max_size=4))
def test_whatever_is_put_comes_back_under_its_digest(store: Store, contents: list[bytes]) -> None:
    assets = []
    for data in contents:
        scratch = store.scratch()
        (scratch / "made").write_bytes(data)
        assets.append(store.put_file(scratch / "made", "application/octet-stream"))
        assert store.put_bytes(data, "application/octet-stream") == assets[-1]
    assert store.present(assets)
    for asset, data in zip(assets, contents, strict=True):
        assert asset.sha256 == bytes_sha256(data)
        assert asset.size == len(data)
        assert store.path(asset).read_bytes() == data


def test_a_file_is_moved_not_copied(store: Store) -> None:
    made = store.scratch() / "film.mp4"
    made.write_bytes(b"film")
    inode = made.stat().st_ino
    asset = store.put_file(made, "video/mp4")
    assert not made.exists()
    assert store.path(asset).stat().st_ino == inode


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_link_is_copied_so_that_its_other_name_is_not_the_object(
    store: Store, tmp_path: Path, link: object
) -> None:
    original = tmp_path / "original"
    original.write_bytes(b"mine" * 1000)
    made = store.scratch() / "made"
    assert callable(link)
    link(original, made)
    asset = store.put_file(made, "text/plain")
    original.write_bytes(b"changed")
    assert store.path(asset).read_bytes() == b"mine" * 1000
    assert not made.exists()


def test_a_file_from_another_disk_is_copied(store: Store) -> None:
    elsewhere = Path("/dev/shm")
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == store.home.stat().st_dev:
        pytest.skip("needs /dev/shm on a disk of its own")
    made = elsewhere / f"berg-test-{os.getpid()}"
    made.write_bytes(b"from afar")
    asset = store.put_file(made, "text/plain")
    assert store.path(asset).read_bytes() == b"from afar"
    assert not made.exists()
    assert list((store.home / "aside").iterdir()) == []


@pytest.mark.parametrize(
    "damage", [b"SAME LEN", b"", b"longer than it was"], ids=["corrupt", "truncated", "grown"]
)
def test_a_damaged_object_is_set_aside_and_its_results_are_forgotten(
    home: Path, damage: bytes
) -> None:
    with Store(home) as store:
        asset = store.put_bytes(b"same len", "text/plain")
        other = store.put_bytes(b"other", "text/plain")
        store.commit(record("a", asset.sha256), run=None)
        store.commit(record("b", other.sha256), run=None)
        path = store.path(asset)
    path.chmod(0o644)
    path.write_bytes(damage)
    with Store(home) as store:
        with pytest.raises(CorruptObject, match="set aside"):
            store.path(asset)
        assert not path.exists()
        assert (home / "objects-corrupt" / asset.sha256).read_bytes() == damage
        assert store.get("a") is None
        assert store.get("b") is not None
        store.put_bytes(b"same len", "text/plain")
        assert store.path(asset).read_bytes() == b"same len"


def test_damage_is_noticed_by_the_process_that_stored_the_object(store: Store) -> None:
    asset = store.put_bytes(b"good", "text/plain")
    path = store.path(asset)
    path.chmod(0o644)
    path.write_bytes(b"evil")
    os.utime(path, ns=(1, 1))
    with pytest.raises(CorruptObject):
        store.path(asset)


def test_putting_it_again_mends_a_damaged_object(home: Path) -> None:
    with Store(home) as store:
        path = store.path(store.put_bytes(b"good", "text/plain"))
    path.chmod(0o644)
    path.write_bytes(b"go")
    with Store(home) as store:
        asset = store.put_bytes(b"good", "text/plain")
        assert store.path(asset).read_bytes() == b"good"


def test_a_missing_object_is_reported_and_its_results_are_forgotten(store: Store) -> None:
    asset = store.put_bytes(b"gone", "text/plain")
    store.commit(record("a", asset.sha256), run=None)
    store.path(asset).unlink()
    assert not store.present([asset])
    with pytest.raises(CorruptObject, match="not stored any more"):
        store.path(asset)
    assert store.get("a") is None


def test_presence_looks_at_sizes(store: Store) -> None:
    asset = store.put_bytes(b"whole", "text/plain")
    stored = store.commit(record("a", asset.sha256), run=None)
    assert store.present([asset])
    assert store.present(stored.assets)
    path = store.path(asset)
    path.chmod(0o644)
    os.truncate(path, 2)
    assert not store.present([asset])
    assert not store.present(stored.assets)


def test_an_error_while_writing_leaves_nothing_behind(store: Store, home: Path) -> None:
    sha256 = bytes_sha256(b"data")
    (home / "objects" / sha256[:2]).write_text("a file stands in the way")
    with pytest.raises(StoreError, match="a file stands where a folder belongs"):
        store.put_bytes(b"data", "text/plain")
    assert list((home / "aside").iterdir()) == []
