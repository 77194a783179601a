import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.brief.colours import arrange, luminance

COLOUR = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")


def test_three_colours_in_any_order_find_their_places() -> None:
    brand = ("#0B3954", "#FF6663", "#FFF4E0")
    assert arrange(brand) == arrange(brand[::-1]) == brand


@pytest.mark.parametrize("colour", ["#FF6663", "#000000", "#FFFFFF", "#777777", "#00FF00"])
def test_one_colour_is_completed_in_its_own_hue(colour: str) -> None:
    palette = arrange([colour])
    assert colour in palette
    assert len(palette) == 3


@settings(deadline=None, max_examples=100)
@given(st.lists(COLOUR, min_size=1, max_size=6))
def test_a_palette_has_a_ground_on_which_its_light_colour_is_readable(given_: list[str]) -> None:
    palette = arrange(given_)
    dark, light = luminance(palette[0]), luminance(palette[2])
    assert (light + 0.05) / (dark + 0.05) >= 2.6
    assert set(given_) <= set(palette)
    assert len(palette) >= 3
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in palette)
    assert arrange(given_) == palette
