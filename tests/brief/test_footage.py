from pathlib import Path

import pytest

from berg.brief.footage import natural
from tests.brief.parts import clip, faults, photo, read, short_with, sound

FOLDER = short_with("footage: photos")


def names(folder: Path) -> list[str]:
    (ask,) = read(folder, FOLDER).make
    return [source.name for source in ask.footage]


def test_a_folder_is_read_in_natural_order_without_what_is_no_footage(tmp_path: Path) -> None:
    for name in ("10.jpg", "9.jpg", "B.png", "a.png", "deep/er/1.webp", ".hidden.jpg"):
        photo(tmp_path / "photos" / name)
    clip(tmp_path / "photos" / "wave.mp4", 3)
    sound(tmp_path / "photos" / "note.wav")
    for name in ("notes.txt", ".DS_Store", "list.yaml"):
        (tmp_path / "photos" / name).write_text("x")
    assert names(tmp_path) == [
        f"photos/{name}"
        for name in ("9.jpg", "10.jpg", "a.png", "B.png", "deep/er/1.webp", "wave.mp4")
    ]


def test_natural_order_is_total() -> None:
    assert sorted(["x10", "x9", "X1", "x01"], key=natural) == ["x01", "X1", "x9", "x10"]


def test_damaged_and_lying_media_are_faults_at_the_key_that_names_them(tmp_path: Path) -> None:
    photo(tmp_path / "photos" / "good.jpg")
    whole = (tmp_path / "photos" / "good.jpg").read_bytes()
    (tmp_path / "photos" / "empty.jpg").write_bytes(b"")
    (tmp_path / "photos" / "lie.png").write_text("not a picture")
    (tmp_path / "photos" / "half.mp4").write_bytes(whole[:50])
    found = faults(tmp_path, FOLDER)
    assert len(found) == 3
    assert all(fault.startswith("6:16: make[0].short.footage: ") for fault in found)
    for name in ("empty.jpg", "lie.png", "half.mp4"):
        assert any(name in fault for fault in found)


def test_an_empty_folder_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (found,) = faults(tmp_path, FOLDER)
    assert '"photos" holds no pictures or clips' in found


def test_too_much_footage_is_a_fault(tmp_path: Path) -> None:
    deep = tmp_path / "photos" / "1" / "2" / "3" / "4"
    photo(deep / "a.jpg")
    assert "nested more than 4 deep" in faults(tmp_path, FOLDER)[0]
    many = tmp_path / "many"
    many.mkdir()
    for index in range(501):
        (many / f"{index}.jpg").touch()
    assert "holds 501 pictures" in faults(tmp_path, short_with("footage: many"))[0]
    for index in range(4500):
        (many / f"{index}.txt").touch()
    assert "more than 5,000 files" in faults(tmp_path, short_with("footage: many"))[0]


def test_a_list_names_files_in_its_own_order(tmp_path: Path) -> None:
    photo(tmp_path / "b.jpg")
    photo(tmp_path / "a.jpg")
    (ask,) = read(tmp_path, short_with("footage: [b.jpg, a.jpg]")).make
    assert [source.name for source in ask.footage] == ["b.jpg", "a.jpg"]
    found = faults(tmp_path, short_with("footage: [b.jpg, b.jpg, c.jpg, 1: 2]"))
    assert [fault.split(": ")[0] for fault in found] == ["6:24", "6:31", "6:38"]


def test_a_list_holds_no_folders_and_no_sounds(tmp_path: Path) -> None:
    photo(tmp_path / "photos" / "a.jpg")
    sound(tmp_path / "s.wav")
    found = faults(tmp_path, short_with("footage: [photos, s.wav]"))
    assert '"photos" is a folder; name its files' in found[0]
    assert '"s.wav" is a sound; use it as music:' in found[1]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("captions.yaml", "a.jpg: boats at  dawn\n"),
        ("captions.csv", 'file,words\na.jpg,"boats at dawn"\n'),
    ],
)
def test_a_captions_file_says_what_is_shown(tmp_path: Path, name: str, text: str) -> None:
    photo(tmp_path / "photos" / "a.jpg")
    photo(tmp_path / "photos" / "b.jpg")
    (tmp_path / "photos" / name).write_text(text)
    (ask,) = read(tmp_path, FOLDER).make
    assert [source.words for source in ask.footage] == ["boats at dawn", ""]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("captions.yaml", "b.jpg: x\n", 'photos/captions.yaml:1:1: "b.jpg"; did you mean a.jpg?'),
        ("captions.yaml", "a.jpg: [1]\n", "photos/captions.yaml:1:8: "),
        ("captions.yaml", "- a.jpg\n", "photos/captions.yaml:1:1: "),
        ("captions.yaml", "a.jpg: *x\n", "no aliases here"),
        (
            "captions.csv",
            "a.jpg,x\n",
            "photos/captions.csv:1:1: the first line must be: file,words",
        ),
        ("captions.csv", "file,words\na.jpg,x,y\n", "photos/captions.csv:2:1: 3 columns, not 2"),
        ("captions.csv", "file,words\na.jpg,\n", "write 1 to 300 characters"),
        ("captions.csv", "file,words\na.jpg,x\u202ey\n", "direction override U+202E"),
        ("captions.csv", "file,words\na.jpg,x\na.jpg,y\n", ':3:1: "a.jpg" is given twice'),
        ("captions.csv", 'file,words\n"a.jpg,x\n', "not UTF-8 text with commas"),
    ],
)
def test_a_captions_file_is_checked_as_strictly(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    photo(tmp_path / "photos" / "a.jpg")
    (tmp_path / "photos" / name).write_text(text)
    found = faults(tmp_path, FOLDER)
    assert any(message in fault for fault in found), found
    assert all(fault.startswith("6:16: make[0].short.footage: ") for fault in found)


def test_two_captions_files_are_one_too_many(tmp_path: Path) -> None:
    photo(tmp_path / "photos" / "a.jpg")
    (tmp_path / "photos" / "captions.yaml").write_text("a.jpg: x\n")
    (tmp_path / "photos" / "captions.csv").write_text("file,words\na.jpg,x\n")
    assert "keep one" in faults(tmp_path, FOLDER)[0]
