"""`berg label check`: one file, many, none, and what programs are told."""

import json
import os
from pathlib import Path

import pytest

from berg.cli.main import main
from tests.carriers.aigc.pictures import packet, png, png_xmp
from tests.carriers.aigc.samples import sample
from tests.provenance.lint.test_check import SOUND


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sound.png").write_bytes(
        png(png_xmp(packet(f"<TC260:AIGC>{json.dumps(SOUND)}</TC260:AIGC>")))
    )
    (tmp_path / "bare.png").write_bytes(sample("PNG"))
    (tmp_path / "notes.txt").write_text("words")
    return tmp_path


def test_a_sound_file_is_shown_clause_by_clause(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", "check", str(folder / "sound.png")]) == 0

    said = capsys.readouterr().out
    assert "labelled, no clause broken" in said
    assert "✓ GB 45438-2025, 6.1 c): There is exactly one label." in said
    assert "Art. 50(2)" in said


def test_a_file_without_a_label_is_not_called_wrong_and_not_called_sound(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", "check", str(folder / "bare.png")]) == 4

    said = capsys.readouterr().out
    assert "? " in said
    assert "bare.png (PNG): no label; owed only if it, or a part of it, is generated" in said
    assert "✗" not in said


def test_a_folder_is_checked_file_by_file_and_told_as_json(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", "check", str(folder), "--json"]) == 4

    told = json.loads(capsys.readouterr().out)
    assert {Path(f["path"]).name: f["sound"] for f in told["files"]} == {
        "bare.png": False,
        "sound.png": True,
    }
    assert told["error"]["code"] == "check"
    assert told["files"][1]["labels"][0]["label"]["produce_id"] == SOUND["ProduceID"]


def test_of_many_files_only_what_is_broken_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(6):
        (folder / f"{number}.png").write_bytes((folder / "sound.png").read_bytes())

    main(["label", "check", str(folder)])

    said = capsys.readouterr().out
    assert "✓ GB" not in said
    assert "7 of 8 files labelled" in said


def test_what_can_not_be_read_in_a_folder_is_told_and_the_rest_is_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bare.png").unlink()
    os.mkfifo(folder / "pipe.mp4")

    assert main(["label", "check", str(folder)]) == 4

    said = capsys.readouterr().out
    assert "sound.png (PNG): labelled" in said
    assert f"✗ {folder / 'pipe.mp4'}: it could not be read: it is a pipe" in said
    assert "1 of 2 files labelled" in said


def test_what_is_not_there_is_a_wrong_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["label", "check", str(tmp_path / "missing.png")]) == 2

    assert "no such file" in capsys.readouterr().err


def test_a_label_that_moves_the_cursor_is_shown_harmless(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.png"
    text = json.dumps({**SOUND, "ContentProducer": "\x1b[2Jgone"})
    path.write_bytes(png((b"tEXt", b"AIGC\0" + text.encode())))

    main(["label", "check", str(path)])

    assert "\x1b" not in capsys.readouterr().out
