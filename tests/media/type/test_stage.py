from dataclasses import replace
from fractions import Fraction

import pytest

from berg.media.type.colour import schemes
from berg.media.type.safe import Box
from berg.media.type.setter import Setter
from berg.media.type.stage import CardStage, fit

from .stagehand import EN, PALETTE, ZH, spoken


@pytest.mark.parametrize("size", [(270, 480), (1080, 1920)])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("times", [1, 3])
def test_fitted_lines_are_no_wider_than_their_box_when_set(
    typesetter: Setter, size: tuple[int, int], language: str, times: int
) -> None:
    words = spoken((EN + " ") * times if language == "en" else ZH * times)
    stage = CardStage(
        width=size[0], height=size[1], fps=Fraction(30), language=language, family="Inter",
        scheme=schemes(PALETTE)[0], setter=typesetter, words=words, brand="",
    )  # fmt: skip
    whole = stage.room
    for box in (whole, replace(whole, height=whole.height // 3), _narrow(whole)):
        fitted = fit(stage, words, box, largest=140)
        lines = ["".join(p.text + " " * p.space for p in line).strip() for line in fitted.lines]
        widths = typesetter.widths(lines, fitted.face, language=language)
        assert max(widths) <= box.width + 1
        assert fitted.height <= box.height + fitted.face.size * 0.2


def _narrow(box: Box) -> Box:
    return replace(box, width=box.width // 3)
