"""Which files are checked."""

import os
import socket
from pathlib import Path

import pytest

from berg.errors import RequestError
from berg.provenance.verify import choose
from berg.provenance.verify import files as room


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in choose([folder]).files]


def test_a_folders_media_and_what_has_a_sidecar(tmp_path: Path) -> None:
    put(tmp_path / "b.mp4")
    put(tmp_path / "a" / "c.jpg")
    put(tmp_path / "no ending", b"\x89PNG\r\n\x1a\n....")
    put(tmp_path / "with sidecar.json")
    put(tmp_path / "with sidecar.json.tlog-proof")
    put(tmp_path / "delivery.json", b"{}")
    put(tmp_path / "notes.txt")
    assert names(tmp_path) == ["b.mp4", "no ending", "with sidecar.json", "a/c.jpg"]


def test_sidecars_are_no_files_of_their_own(tmp_path: Path) -> None:
    for ending in ("", ".c2pa", ".aigc.json", ".tlog-proof"):
        put(tmp_path / f"a.srt{ending}")
    put(tmp_path / "orphan.mp4.c2pa")
    assert names(tmp_path) == ["a.srt"]


def test_a_sidecar_that_is_named_leads_to_its_file(tmp_path: Path) -> None:
    path = put(tmp_path / "a.srt.c2pa")
    with pytest.raises(RequestError, match=r"name that one: .*/a\.srt$"):
        choose([path])


def test_links_in_folders_are_counted_and_not_followed(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "secret.jpg")
    inside = tmp_path / "inside"
    put(inside / "a.jpg")
    (inside / "file.jpg").symlink_to(outside)
    (inside / "folder").symlink_to(outside.parent)
    (inside / "round").symlink_to(inside)
    chosen = choose([inside])
    assert [path.name for path in chosen.files] == ["a.jpg"]
    assert chosen.links == 3


def test_a_link_that_is_named_is_followed_because_it_was_named(tmp_path: Path) -> None:
    put(tmp_path / "a.jpg")
    (tmp_path / "link.jpg").symlink_to(tmp_path / "a.jpg")
    assert choose([tmp_path / "link.jpg"]).files == (tmp_path / "link.jpg",)


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path / ".signing.a.mp4")
    put(tmp_path / ".git" / "a.mp4")
    assert names(tmp_path) == []


def test_what_can_never_be_read_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(tmp_path)  # a socket's path is short
        try:
            listening.bind("socket")
        finally:
            os.chdir(before)
        put(tmp_path / "z.jpg")
        chosen = choose([tmp_path])
    assert [path.name for path in chosen.files] == ["z.jpg"]
    assert [one.path.name for one in chosen.unread] == ["pipe.mp4", "socket"]
    assert {one.why for one in chosen.unread} == {
        "it could not be read: it is a pipe, a socket or a device"
    }


def test_a_folder_that_refuses_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    """Even root can't open what lies deeper than a path can be long."""
    put(tmp_path / "a.jpg")
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for _ in range(20):
            os.mkdir("d" * 240)
            os.chdir("d" * 240)
    finally:
        os.chdir(before)
    put(tmp_path / "z.jpg")
    chosen = choose([tmp_path])
    assert [path.name for path in chosen.files] == ["a.jpg", "z.jpg"]
    (one,) = chosen.unread
    assert one.why == "it could not be read: File name too long"


def test_a_name_with_no_room_for_a_sidecars_is_a_file_without_one(tmp_path: Path) -> None:
    put(tmp_path / ("a" * 252))
    put(tmp_path / f"{'b' * 251}.jpg")
    assert choose([tmp_path]).others == 1
    assert len(choose([tmp_path]).files) == 1


def test_a_file_that_is_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jpg")
    assert len(choose([path, tmp_path, path]).files) == 1


def test_a_file_that_is_named_is_checked_whatever_it_is(tmp_path: Path) -> None:
    path = put(tmp_path / "notes.txt")
    assert choose([path]).files == (path,)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no such file or folder"):
        choose([tmp_path / "nothing"])


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_FILES", 3)
    for number in range(4):
        put(tmp_path / f"{number}.jpg")
    with pytest.raises(RequestError, match="more than 3 files"):
        choose([tmp_path])
