import io
import struct
import tarfile
from pathlib import Path

import pytest

from berg.weights.archive import Archive
from berg.weights.source import Refused
from tests.weights.packages import make_wheel, tar_of


def read_all(path: Path, member: str, most: int) -> bytes:
    archive = Archive(path)
    try:
        return b"".join(archive.read(member, most=most))
    finally:
        archive.close()


def test_a_member_of_a_wheel_and_of_a_tar(tmp_path: Path) -> None:
    files = {"pkg/a.bin": b"a" * 10, "pkg/b.bin": b"b" * 3_000_000}
    tar = tmp_path / "x.tgz"
    tar.write_bytes(tar_of(files))
    for path in (make_wheel(tmp_path, "x", files), tar):
        assert read_all(path, "pkg/b.bin", 3_000_000) == files["pkg/b.bin"]
        archive = Archive(path)
        assert archive.size("pkg/a.bin") == 10
        archive.close()


def test_no_more_is_read_than_asked_for(tmp_path: Path) -> None:
    path = make_wheel(tmp_path, "bomb", {"x": b"\0" * 50_000_000})
    assert path.stat().st_size < 100_000
    with pytest.raises(Refused, match="more than the 1000 bytes"):
        read_all(path, "x", 1000)


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    """The directory says 10 bytes; there are 5,000, and the checksum of the 10 is wrong."""
    path = make_wheel(tmp_path, "liar", {"x": b"z" * 5000})
    data = bytearray(path.read_bytes())
    place = data.index(struct.pack("<I", 5000), data.index(b"PK\1\2"))
    data[place : place + 4] = struct.pack("<I", 10)
    path.write_bytes(data)
    archive = Archive(path)
    assert archive.size("x") == 10
    archive.close()
    with pytest.raises(Refused, match="damaged"):
        read_all(path, "x", 10)


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_truncated_archive_is_refused(tmp_path: Path, keep: float) -> None:
    noise = bytes(i * i % 251 for i in range(100_000))
    tar = tmp_path / "x.tgz"
    tar.write_bytes(tar_of({"x": noise}))
    for path in (make_wheel(tmp_path, "x", {"x": noise}), tar):
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * keep)])
        with pytest.raises(Refused, match="damaged"):
            read_all(path, "x", len(noise))


def test_what_is_not_in_the_archive_or_not_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"x-1.0-py3-none-any.whl has no y"):
        read_all(make_wheel(tmp_path, "x", {"x": b"1"}), "y", 1)
    tar = tmp_path / "folder.tar"
    with tarfile.open(tar, "w") as out:
        folder = tarfile.TarInfo("folder")
        folder.type = tarfile.DIRTYPE
        out.addfile(folder, io.BytesIO())
    with pytest.raises(Refused, match="not a file"):
        read_all(tar, "folder", 1)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.whl"
    path.write_text("<html>please sign in</html>")
    with pytest.raises(Refused, match="damaged"):
        Archive(path)
