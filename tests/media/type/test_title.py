"""A title is legible, clear of faces and platforms, and gone in time."""

from fractions import Fraction

import pytest

from berg.media.type.label_room import clear_of
from berg.media.type.safe import safe_box
from berg.media.type.setter import Setter
from berg.media.type.title import set_title, title_frames
from berg.schema.layer import Layer

SIZES = [(270, 480), (270, 270), (480, 270)]
TEXTS = [
    ("Room to think", "en"),
    ("The Museum of Ordinary Things, and everything that it forgot", "en"),
    ("三天，走到云海之上", "zh"),
]


def layers(
    typesetter: Setter,
    text: str,
    language: str,
    size: tuple[int, int],
    frames: int = 120,
    faces: tuple[int, int] | None = None,
) -> tuple[Layer, ...]:
    made = set_title(
        text,
        language=language,
        family="Inter",
        palette=("#0B3954", "#FF6663", "#FFF4E0"),
        width=size[0],
        height=size[1],
        fps=Fraction(30),
        frames=frames,
        faces=faces,
        clear=clear_of(place="top-left", height_thousandths=44, width=size[0], height=size[1]),
        setter=typesetter,
    )
    assert made is not None
    return made[1]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("text", "language"), TEXTS)
def test_it_stands_in_the_safe_box_below_the_label(
    typesetter: Setter, text: str, language: str, size: tuple[int, int]
) -> None:
    safe = safe_box(*size)
    label = clear_of(place="top-left", height_thousandths=44, width=size[0], height=size[1]).top
    for layer in layers(typesetter, text, language, size):
        assert safe.left - 1 <= layer.left
        assert layer.left + layer.width <= safe.right + 1
        assert safe.top + label <= layer.top
        assert layer.top + layer.height <= size[1] * 0.6


def test_it_has_gone_before_the_shot_ends_and_before_it_bores(typesetter: Setter) -> None:
    for frames in (20, 50, 400):
        for layer in layers(typesetter, *TEXTS[1], (270, 480), frames=frames):
            assert layer.end is not None
            assert layer.end <= max(1, frames - 10)
            assert layer.end <= 3.2 * 30
    assert title_frames("Room to think", Fraction(30)) < 2 * 30


@pytest.mark.parametrize("faces", [(120, 330), (100, 260)])
def test_it_is_not_on_a_face(typesetter: Setter, faces: tuple[int, int]) -> None:
    for layer in layers(typesetter, "Thank you for your Saturday", "en", (270, 480), faces=faces):
        assert layer.top >= faces[1] * 480 / 1000


def test_without_a_letter_that_can_be_set_there_is_none(typesetter: Setter) -> None:
    assert (
        set_title(
            "\U0001f389",
            language="en",
            family="Inter",
            palette=(),
            width=270,
            height=480,
            fps=Fraction(30),
            frames=60,
            faces=None,
            clear=clear_of(place="top-left", height_thousandths=44, width=270, height=480),
            setter=typesetter,
        )
        is None
    )
