"""What every `Objects` must do: a suite that each implementation's tests run."""

import os
import threading
from pathlib import Path

import pytest

from berg.digest import bytes_sha256
from berg.errors import CorruptObject, RequestError, StoreError
from berg.store.interface import Objects


class ObjectsConformance:
    """Subclass it as `Test…`. Two views of one store: of a driver, and of a worker."""

    @pytest.fixture
    def driver(self, home: Path) -> Objects:
        raise NotImplementedError

    @pytest.fixture
    def worker(self, home: Path) -> Objects:
        raise NotImplementedError

    def damage(self, objects: Objects, sha256: str, data: bytes) -> None:
        """Overwrite what is stored, behind the back of all views."""
        raise NotImplementedError

    def lose(self, objects: Objects, sha256: str) -> None:
        """Remove what is stored, behind the back of all views."""
        raise NotImplementedError

    def test_what_one_puts_another_reads(self, driver: Objects, worker: Objects) -> None:
        made = worker.scratch() / "film"
        made.write_bytes(b"film" * 1000)
        film = worker.put_file(made, "video/mp4")
        text = worker.put_bytes(b"text", "text/plain")
        assert not made.exists()
        assert (film.sha256, film.size) == (bytes_sha256(b"film" * 1000), 4000)
        assert (film.media_type, text.media_type) == ("video/mp4", "text/plain")
        assert driver.path(film).read_bytes() == b"film" * 1000
        assert driver.path(text.sha256).read_bytes() == b"text"

    def test_putting_it_again_changes_nothing(self, driver: Objects, worker: Objects) -> None:
        first = driver.put_bytes(b"same", "text/plain")
        path = driver.path(first)
        made = worker.scratch() / "same"
        made.write_bytes(b"same")
        assert worker.put_bytes(b"same", "text/plain") == first
        assert worker.put_file(made, "text/plain") == first
        assert path.read_bytes() == driver.path(first).read_bytes() == b"same"

    def test_many_put_the_same_at_once(self, driver: Objects, worker: Objects) -> None:
        assets = []

        def put(objects: Objects) -> None:
            for n in range(20):
                assets.append(objects.put_bytes(b"%d" % n * 5000, "text/plain"))

        threads = [threading.Thread(target=put, args=(o,)) for o in (driver, worker) * 2]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({asset.sha256 for asset in assets}) == 20
        for asset in assets:
            assert bytes_sha256(driver.path(asset).read_bytes()) == asset.sha256

    def test_damage_is_found_at_the_first_read_and_set_aside(
        self, driver: Objects, worker: Objects
    ) -> None:
        asset = driver.put_bytes(b"same len", "text/plain")
        self.damage(driver, asset.sha256, b"SAME LEN")
        with pytest.raises(CorruptObject) as caught:
            worker.path(asset)
        assert caught.value.where == asset.sha256, "the driver must know which to make again"
        assert driver.missing({asset.sha256: 8}) == {asset.sha256}
        assert driver.put_bytes(b"same len", "text/plain") == asset
        assert worker.path(asset).read_bytes() == b"same len"

    def test_what_is_lost_is_told_by_its_digest(self, driver: Objects, worker: Objects) -> None:
        asset = driver.put_bytes(b"gone", "text/plain")
        self.lose(driver, asset.sha256)
        with pytest.raises(CorruptObject) as caught:
            worker.path(asset)
        assert caught.value.where == asset.sha256

    def test_missing_knows_by_size_and_hashes_nothing(self, driver: Objects) -> None:
        whole, cut = (driver.put_bytes(data, "text/plain") for data in (b"whole", b"cut off"))
        self.damage(driver, cut.sha256, b"cut")
        sizes = {whole.sha256: 5, cut.sha256: 7, "0" * 64: None}
        assert driver.missing(sizes) == {cut.sha256, "0" * 64}
        assert driver.missing({whole.sha256: None, cut.sha256: None}) == set()

    def test_every_scratch_folder_is_new_and_empty(self, worker: Objects) -> None:
        folders = [worker.scratch() for _ in range(3)]
        assert len(set(folders)) == 3
        assert all(os.listdir(folder) == [] for folder in folders)

    def test_a_users_file_reaches_a_worker(
        self, driver: Objects, worker: Objects, tmp_path: Path
    ) -> None:
        photo = tmp_path / "harbour.jpg"
        photo.write_bytes(b"a photograph")
        asset = driver.adopt(photo)
        assert asset.media_type == "image/jpeg"
        assert driver.path(asset).read_bytes() == b"a photograph"
        worker.borrow(driver.lend([asset.sha256, driver.put_bytes(b"own", "text/plain").sha256]))
        assert worker.path(asset).read_bytes() == b"a photograph"
        assert worker.missing({asset.sha256: 12}) == set()
        assert photo.read_bytes() == b"a photograph", "it is the user's, and stays"

    def test_a_users_file_that_changes_is_never_taken_for_what_it_was(
        self, driver: Objects, worker: Objects, tmp_path: Path
    ) -> None:
        photo = tmp_path / "harbour.jpg"
        photo.write_bytes(b"a photograph")
        asset = driver.adopt(photo)
        loans = driver.lend([asset.sha256])
        photo.write_bytes(b"another picture")
        worker.borrow(loans)
        try:
            assert worker.path(asset).read_bytes() == b"a photograph", "a copy was kept"
        except StoreError as error:
            assert "changed since it was read" in error.message  # noqa: PT017

    def test_a_missing_users_file_is_a_fault_of_the_request(
        self, driver: Objects, tmp_path: Path
    ) -> None:
        with pytest.raises(RequestError, match="nowhere"):
            driver.adopt(tmp_path / "nowhere.png")
