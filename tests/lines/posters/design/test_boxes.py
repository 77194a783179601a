"""What a template says of where things are: what is painted over is told."""

from typing import Any

import pytest

from berg.lines.posters.design.boxes import faults_of, found_in

PAGE = (600, 800)


def at(kind: str, y: float, **more: Any) -> dict[str, Any]:
    box = {"kind": kind, "x": 50, "y": y, "width": 300, "height": 60}
    said = {"fill": "#112233"} if kind == "panel" else {"ink": "#FFFFFF", "em": 40}
    return box | said | more


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ([at("panel", 100), at("headline", 100)], ()),
        ([at("headline", 100), at("panel", 160)], ()),
        ([at("headline", 100), at("panel", 150)], ("a panel covers the headline",)),
        ([at("logo", 100), at("panel", 110)], ("a panel covers the logo",)),
    ],
)
def test_a_panel_painted_over_a_text_is_a_fault(
    said: list[dict[str, Any]], faults: tuple[str, ...]
) -> None:
    assert faults_of(found_in(said, page=PAGE), page=PAGE, wanted=()) == faults
