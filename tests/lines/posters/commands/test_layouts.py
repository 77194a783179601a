"""`berg layouts`: the list, and pictures in a terminal."""

from pathlib import Path

import numpy as np

from berg.lines.posters.commands.layouts import half_blocks, side_by_side
from berg.lines.posters.design.places import LAYOUTS
from tests.cli.talk import talk


def test_the_six_are_listed() -> None:
    said = talk("layouts", "--json")
    assert said.status == 0
    assert [item["name"] for item in said.json["layouts"]] == list(LAYOUTS)
    assert said.json["page"] is None


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    said = talk("layouts", "--out", tmp_path, "--json")
    assert said.status == 2
    assert "not empty" in said.json["error"]["message"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_picture_is_two_pixels_to_a_character() -> None:
    pixels = np.array([[[255, 0, 0]], [[0, 0, 255]]], np.uint8)
    assert half_blocks(pixels) == ["\x1b[38;2;255;0;0;48;2;0;0;255m▀\x1b[0m"]
    assert side_by_side([["a", "b"], ["c"]]) == "a  c\nb"
