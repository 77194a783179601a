"""berg verify: its answers, its exit statuses, and what it refuses."""

import os
import shutil
import struct
import zlib
from pathlib import Path

import pytest

from berg.provenance.keys import KeyRing
from tests.cli.talk import talk
from tests.provenance.verify.material import Studio, picture, save

SMALL = {"width": 60, "height": 60}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A home whose `out` folder has one delivered picture."""
    top = tmp_path_factory.mktemp("studio")
    studio = Studio.at(top / "home", "Tidewater Studio")
    (top / "out").mkdir()
    source = save(picture(1, **SMALL), top / "source.jpg")
    studio.deliver(source, top / "out" / "poster.jpg", title="Spring tide")
    return studio


@pytest.fixture
def out(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what was delivered; commands use its home."""
    monkeypatch.setenv("BERG_HOME", str(studio.home))
    return Path(shutil.copytree(studio.home.with_name("out"), tmp_path / "out"))


def test_a_delivered_file_is_sound_and_every_layer_is_told(out: Path) -> None:
    said = talk("verify", out / "poster.jpg")
    assert said.status == 0
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == f"{out / 'poster.jpg'}: intact"
    assert lines[1].startswith("  Unchanged since “Tidewater Studio”, who is trusted here, signed")
    heads = [line[2:13].strip() for line in lines[2:] if line[2:13].strip()]
    assert heads[-6:] == ["file", "label", "C2PA", "watermark", "log", "not known"]
    assert max(map(len, lines[1:])) <= 100


def test_json_is_one_document_with_every_layer(out: Path) -> None:
    said = talk("verify", out / "poster.jpg", "--json", "--quick")
    assert said.status == 0
    document = said.json
    assert document["ok"] is True
    (file,) = document["files"]
    assert file["verdict"] == {
        "kind": "intact",
        "sound": True,
        "sentence": file["verdict"]["sentence"],
    }
    seen = file["seen"]
    assert seen["signatures"][0]["state"] == "Trusted"
    assert seen["label"]["seen"][0]["label"] == "1"
    assert seen["mark"]["looked"] == "quick"
    assert seen["log"]["proof"]["state"] == "proved"
    assert seen["log"]["deliveries"][0]["title"] == "Spring tide"


def test_a_folder_gives_a_line_a_file_and_counts(out: Path) -> None:
    data = bytearray((out / "poster.jpg").read_bytes())
    data[-200] ^= 1
    (out / "changed.jpg").write_bytes(data)
    save(picture(2, **SMALL), out / "plain.png")
    (out / "a.srt").write_text("1\n")
    (out / "not media.txt").write_text("1\n")
    said = talk("verify", out)
    assert said.status == 4
    assert [line for line in said.out.splitlines() if line[:3] in ("ok ", "NO ")] == [
        f"NO  unmarked      {out / 'a.srt'}",
        f"NO  changed       {out / 'changed.jpg'}",
        f"NO  unmarked      {out / 'plain.png'}",
        f"ok  intact        {out / 'poster.jpg'}",
    ]
    assert "\n4 files, 1 sound: 2 unmarked, 1 changed, 1 intact\n" in said.out
    assert said.out.endswith("note: 1 file of other kinds: named singly, each is checked\n")


def test_what_can_not_be_read_in_a_folder_is_a_line_and_the_rest_goes_on(out: Path) -> None:
    os.mkfifo(out / "pipe.mp4")
    said = talk("verify", out, "--quick")
    assert said.status == 4
    told = " ".join(said.out.split())
    assert f"{out / 'poster.jpg'}: intact" in told
    assert f"{out / 'pipe.mp4'}: unchecked Could not be checked: it could not be read" in told
    (out / "poster.jpg").unlink()
    (out / "poster.jpg.tlog-proof").unlink()
    assert "1 of 1 file not sound" in talk("verify", out, "--json").json["error"]["message"]


def test_a_picture_too_large_to_be_looked_through_is_not_said_to_carry_nothing(out: Path) -> None:
    header = struct.pack(">II5B", 40_000, 30_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    (out / "huge.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*p) for p in parts))
    said = " ".join(talk("verify", out / "huge.png").out.split())
    assert "watermark not looked for: larger than 178 megapixels" in said
    assert "watermarks were not looked for, as it is larger than 178 megapixels." in said
    assert "Whether it carries a watermark: none was looked for, as it is larger than" in said
    assert "nothing that could carry" not in said


def test_a_third_party_needs_no_home_and_gets_none(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_HOME", str(tmp_path / "home"))
    said = talk("verify", out / "poster.jpg")
    assert said.status == 0
    assert "“Tidewater Studio”, which nobody trusted here vouches for" in " ".join(said.out.split())
    assert "note: there are no keys in" in said.out
    assert not (tmp_path / "home").exists()


def test_roots_and_keys_that_are_named_are_demanded(
    studio: Studio, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BERG_HOME", str(tmp_path / "home"))
    root = tmp_path / "root.pem"
    root.write_bytes(studio.keys.anchors())
    named = ("--trust", root, "--log-key", studio.log.vkey(), "--quick")
    assert talk("verify", out / "poster.jpg", *named).status == 0
    (out / "poster.jpg.tlog-proof").unlink()
    said = talk("verify", out / "poster.jpg", *named, "--json")
    assert said.status == 4
    assert said.json["files"][0]["verdict"]["kind"] == "unmet"
    assert said.code == "check"


def test_keys_that_are_locked_are_said_and_the_check_goes_on(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "locked"
    KeyRing.open(home / "keys").init(name="Locked", passphrase="tide and time")
    monkeypatch.setenv("BERG_HOME", str(home))
    said = talk("verify", out / "poster.jpg")
    assert said.status == 0
    assert "BERG_KEYS_PASSPHRASE" in said.out


def test_nothing_to_check_is_no_yes(out: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = talk("verify", tmp_path / "empty", "--json")
    assert said.status == 4
    assert said.json["files"] == []
    assert said.json["error"]["message"] == "no files to check"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("gone.jpg",), "there is no such file or folder"),
        (("poster.jpg.tlog-proof",), "belongs beside another file"),
        (("poster.jpg", "--log-key", "nonsense"), "--log-key: 'nonsense' is not a verifier key"),
        (("poster.jpg", "--trust", "poster.jpg"), "it holds no certificates"),
        (("poster.jpg", "--trust", "gone.pem"), "No such file"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_starts(
    out: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(out)
    said = talk("verify", *words, "--json")
    assert said.status == 2
    assert says in said.json["error"]["message"]


def test_a_key_of_the_other_kind_is_refused(studio: Studio, out: Path) -> None:
    said = talk("verify", out / "poster.jpg", "--log-key", studio.witness_key())
    assert said.status == 2
    assert "give it with --witness-key" in said.err


def _chunk(name: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + check
