"""Choosing a place: calm before busy, and never under a face if another is free."""

from hypothesis import given
from hypothesis import strategies as st

from berg.lines.posters.design.calm import in_order
from berg.lines.posters.design.places import Area

TOP, BOTTOM = Area(0, 0, 1000, 480), Area(0, 520, 1000, 1000)
AREAS: dict[str, Area | None] = {"top": TOP, "bottom": BOTTOM}
EVEN = (100,) * 80
HALF_BUSY = (10,) * 40 + (220,) * 40
FAR = (500, 500)


def test_the_calm_half_comes_first() -> None:
    found = in_order(AREAS, detail=HALF_BUSY, luma=EVEN, faces=(), focus=FAR)
    assert found == ("top", "bottom")
    flipped = in_order(AREAS, detail=HALF_BUSY[::-1], luma=EVEN, faces=(), focus=FAR)
    assert flipped == ("bottom", "top")


def test_a_face_outweighs_calm() -> None:
    face = Area(400, 100, 600, 300)
    found = in_order(AREAS, detail=HALF_BUSY, luma=EVEN, faces=(face,), focus=FAR)
    assert found == ("bottom", "top")


def test_even_light_is_better_than_half_dark() -> None:
    luma = tuple(20 if column < 4 else 230 for _ in range(5) for column in range(8)) + (120,) * 40
    assert in_order(AREAS, detail=EVEN, luma=luma, faces=(), focus=FAR)[0] == "bottom"


def test_equals_stay_in_the_layouts_order() -> None:
    assert in_order(AREAS, detail=EVEN, luma=EVEN, faces=(), focus=FAR) == ("top", "bottom")


def test_type_that_covers_no_picture_is_as_good_as_can_be() -> None:
    areas = {"over": TOP, "beside": None}
    assert in_order(areas, detail=EVEN, luma=EVEN, faces=(), focus=FAR)[0] == "beside"


@given(
    detail=st.lists(st.integers(0, 255), min_size=80, max_size=80),
    luma=st.lists(st.integers(0, 255), min_size=80, max_size=80),
    focus=st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
)
def test_the_order_holds_each_place_once(
    detail: list[int], luma: list[int], focus: tuple[int, int]
) -> None:
    found = in_order(AREAS, detail=detail, luma=luma, faces=(), focus=focus)
    assert sorted(found) == ["bottom", "top"]
