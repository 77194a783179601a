"""Checks of where things stand."""

import pytest

from berg.lines.posters.design.checks import legible, problems_of
from berg.lines.posters.design.parts import Piece, css_px, css_px_on_paper, needed
from berg.media.type.safe import Box

PAGE = Box(left=0, top=0, width=1080, height=1350)


def box(left: int, top: int, width: int, height: int) -> Box:
    return Box(left=left, top=top, width=width, height=height)


def piece(kind: str, where: Box, em: int = 40, weight: int = 400) -> Piece:
    return Piece(kind=kind, box=where, ink="#FFFFFF", em=em, plate=False, weight=weight)


LOGO = piece("logo", box(100, 100, 120, 80), em=0)


@pytest.mark.parametrize(
    ("pieces", "label", "faces", "problem"),
    [
        ([piece("body", box(900, 10, 200, 40))], [], [], "the body reaches beyond the poster"),
        (
            [piece("headline", box(50, 500, 500, 100)), piece("body", box(50, 580, 500, 100))],
            [],
            [],
            "the headline and the body overlap",
        ),
        (
            [LOGO, piece("brand", box(215, 110, 200, 40))],
            [],
            [],
            "the brand stands too close to the logo",
        ),
        (
            [LOGO, piece("cta", box(235, 110, 200, 40))],
            [],
            [],
            "the cta stands too close to the logo",
        ),
        ([LOGO], [box(100, 195, 90, 30)], [], "the label stands too close to the logo"),
        (
            [piece("logo", box(10, 100, 120, 80), em=0)],
            [],
            [],
            "the logo stands too close to the edge: a quarter of its height must be free",
        ),
        ([], [box(-4, 10, 90, 30)], [], "the label reaches beyond the poster"),
        (
            [piece("headline", box(300, 300, 400, 200))],
            [],
            [box(400, 350, 200, 200)],
            "the headline covers a face",
        ),
    ],
)
def test_each_fault_is_told(
    pieces: list[Piece], label: list[Box], faces: list[Box], problem: str
) -> None:
    assert list(problems_of(pieces, page=PAGE, faces=faces, label=label)) == [problem]


def test_the_name_beside_its_logo_is_one_sign_with_it() -> None:
    sign = [LOGO, piece("brand", box(235, 110, 200, 40))]
    assert list(problems_of(sign, page=PAGE, faces=[], label=[])) == []


def test_what_stands_well_has_no_problems() -> None:
    pieces = [LOGO, piece("brand", box(241, 110, 200, 40)), piece("body", box(100, 900, 800, 90))]
    faces, label = [box(400, 300, 300, 300)], [box(900, 60, 120, 50)]
    assert list(problems_of(pieces, page=PAGE, faces=faces, label=label)) == []


def test_type_of_18_thousandths_is_the_smallest_on_screens_and_6_points_on_paper() -> None:
    assert not list(legible(20, width=1080, height=1350))
    assert list(legible(19, width=1080, height=1350))
    assert not list(legible(25, width=3508, height=4961, px_per_pt=300 / 72))
    assert list(legible(24, width=3508, height=4961, px_per_pt=300 / 72))


def test_large_type_is_large_as_seen() -> None:
    css = css_px(1080, 1350)
    assert needed(piece("headline", PAGE, em=67), css=css) == 3.0
    assert needed(piece("headline", PAGE, em=66), css=css) == 4.5
    assert needed(piece("headline", PAGE, em=52, weight=800), css=css) == 3.0
    assert needed(piece("body", PAGE, em=18), css=css_px(300, 250)) == 4.5
    assert css_px_on_paper(3508, wide_mm=297) == pytest.approx(300 / 96, rel=1e-3)
