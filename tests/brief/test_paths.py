import os
from pathlib import Path

import pytest

from tests.brief.parts import LOGO, SMALL, faults, photo, read, short_with


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photo(tmp_path / "outside" / "a.jpg")
    inside = tmp_path / "inside"
    photo(inside / "photos" / "a.jpg")
    return inside


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("../outside", "has ..; files must lie in the brief's folder"),
        ("photos/../../outside", "has .."),
        ("/etc", "is absolute"),
        ("C:/photos", "is absolute"),
        ("~/photos", "begins with ~"),
        ("photos\\a.jpg", "has a backslash"),
        ("file:///etc/passwd", "is an address"),
        ("nowhere", "does not exist"),
        ("x" * 300, "more than 255 bytes"),
        ("x/" * 600, "characters; at most 1,024"),
        ("out", "is a link that leaves the brief's folder"),
        ("out/a.jpg", "is a link that leaves the brief's folder"),
        ("loop", "links go in a circle"),
        ("pipe", "is no plain file"),
        ("a.jpg/b", "can't be read"),
    ],
)
def test_no_path_leaves_the_folder(folder: Path, path: str, message: str) -> None:
    (folder / "out").symlink_to(folder.parent / "outside")
    (folder / "loop").symlink_to(folder / "loop")
    os.mkfifo(folder / "pipe")
    photo(folder / "a.jpg")
    (found,) = faults(folder, short_with(f"footage: '{path}'"))
    assert found.startswith("6:16: make[0].short.footage: ")
    assert message in found or (path == "loop" and "can't be read" in found)


def test_a_link_within_the_folder_is_followed(folder: Path) -> None:
    (folder / "link").symlink_to("photos")
    (ask,) = read(folder, short_with("footage: link")).make
    assert len(ask.footage) == 1
    (ask,) = read(folder, short_with("footage: ./photos/a.jpg")).make
    assert ask.footage[0].name == "photos/a.jpg"


def test_a_linked_photograph_in_a_folder_may_not_lead_out(folder: Path) -> None:
    (folder / "photos" / "b.jpg").symlink_to(folder.parent / "outside" / "a.jpg")
    (found,) = faults(folder, short_with("footage: photos"))
    assert '"photos/b.jpg" is a link that leaves the brief\'s folder' in found


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        ("<svg", "not a readable SVG"),
        ("<html/>", "not an SVG drawing"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><svg/>', "DOCTYPE"),
        (LOGO.replace("<path", "<script>1</script><path"), "holds <script>"),
        (LOGO.replace("<path", '<use href="http://x.example/a.svg"/><path'), "another file"),
        (LOGO.replace("<path", '<path fill="url( file:///x)"'), "another file"),
    ],
)
def test_a_logo_keeps_to_itself(tmp_path: Path, logo: str, message: str) -> None:
    (tmp_path / "logo.svg").write_text(logo)
    (found,) = faults(tmp_path, SMALL + "brand: {logo: logo.svg}\n")
    assert found.startswith("6:15: brand.logo: ")
    assert message in found


def test_a_logo_may_be_a_photograph_but_no_text(tmp_path: Path) -> None:
    photo(tmp_path / "logo.png")
    assert read(tmp_path, SMALL + "brand: {logo: logo.png}\n").brand.logo is not None
    (tmp_path / "logo.txt").write_text("x")
    (found,) = faults(tmp_path, SMALL + "brand: {logo: logo.txt}\n")
    assert "write the path of an SVG, PNG or JPEG file" in found


def test_music_must_sound(tmp_path: Path) -> None:
    photo(tmp_path / "a.png")
    (found,) = faults(tmp_path, short_with("music: a.png"))
    assert '"a.png" has no sound' in found
