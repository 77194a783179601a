"""A brand's colours are its own: paired so that they can be read, never altered."""

from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.type.colour import BLACK, DARK, LIGHT, READABLE, contrast, schemes

COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


@settings(deadline=None, max_examples=300)
@given(st.lists(COLOUR, max_size=6))
def test_every_colour_of_a_scheme_is_the_palettes_or_plain(palette: list[str]) -> None:
    allowed = {*palette, BLACK, DARK, LIGHT}
    for scheme in schemes(palette):
        assert {*scheme.ground, scheme.ink, scheme.accent, scheme.on_accent} <= allowed
        assert scheme.ground[0] == scheme.ground[1]
        assert contrast(scheme.ink, scheme.ground[0]) >= READABLE
        assert contrast(scheme.accent, scheme.ground[0]) >= READABLE
        assert contrast(scheme.on_accent, scheme.accent) >= READABLE


def test_a_yellow_on_white_is_paired_and_not_browned() -> None:
    found = schemes(["#FFFFFF", "#F4B942", "#222222"])
    assert found[0].ink == "#222222"
    assert found[1].ground == ("#F4B942", "#F4B942")
    assert all("#806428" not in (scheme.accent, scheme.ink) for scheme in found)
