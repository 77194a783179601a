"""Composing: what is delivered can be read, and what can't be read is told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.lines.posters.design.parts import ENOUGH, Overlay, Piece, needed
from berg.media.type.safe import Box
from tests.lines.posters.design.judge import judged
from tests.lines.posters.design.lettered import HEIGHT, KINDS, WIDTH, ground, made, texts

INKS = st.sampled_from(["#FFFFFF", "#FFF4E0", "#0B0F14", "#0B3954", "#FF6663", "#808080"])


def small(ink: str = "#FFFFFF", *, top: int = 480) -> tuple[Overlay, list[Piece]]:
    return texts(("body", "Roasted at dawn, all year.", 26, (50, top), ink))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ink", ["#FFFFFF", "#0B3954"])
def test_small_type_reads_on_any_ground(kind: str, ink: str) -> None:
    overlay, pieces = small(ink)
    poster = made(ground(kind), overlay, pieces, tint="#0B3954" if ink == "#FFFFFF" else ink)
    assert poster.problems == ()
    assert poster.contrast >= ENOUGH
    assert judged(poster.pixels, overlay, pieces[0]) >= ENOUGH


@settings(deadline=None, max_examples=40, derandomize=True)
@given(
    seed=st.integers(0, 2**16),
    kind=st.sampled_from(KINDS),
    ink=INKS,
    tint=INKS,
    em=st.integers(14, 60),
    at=st.tuples(st.integers(0, 60), st.integers(0, 560)),
)
def test_reported_contrast_is_never_above_what_another_measurement_finds(
    seed: int, kind: str, ink: str, tint: str, em: int, at: tuple[int, int]
) -> None:
    overlay, pieces = texts(("headline", "Warm.", em, at, ink))
    poster = made(ground(kind, seed), overlay, pieces, tint=tint)
    assert poster.contrast <= judged(poster.pixels, overlay, pieces[0]) * 1.08
    wanted = needed(pieces[0], css=WIDTH / 390)
    assert poster.contrast >= wanted or any("contrast" in p for p in poster.problems)


def test_a_scrim_is_no_stronger_than_it_must_be() -> None:
    overlay, pieces = small()
    for name in ("white", "grey", "noise", "spots"):
        poster = made(ground(name), overlay, pieces)
        assert ENOUGH <= poster.contrast < ENOUGH * 1.25, name


def test_what_reads_already_gets_no_scrim() -> None:
    plain = ground("black")
    overlay, pieces = small()
    poster = made(plain, overlay, pieces)
    assert poster.scrim == 0
    away = np.ones((HEIGHT, WIDTH), bool)
    away[480:540] = False
    assert (poster.pixels[away] == plain[away]).all()


def test_a_scrim_leaves_the_far_side_of_the_picture_alone() -> None:
    plain = ground("white")
    overlay, pieces = small()
    poster = made(plain, overlay, pieces)
    assert 0 < poster.scrim < 1
    assert (poster.pixels[: HEIGHT // 3] == plain[: HEIGHT // 3]).all()


def test_type_at_both_ends_gets_a_scrim_at_each() -> None:
    overlay, pieces = texts(
        ("brand", "Tidewater", 24, (40, 30), "#FFFFFF"),
        ("body", "Roasted at dawn", 24, (40, 600), "#FFFFFF"),
    )
    poster = made(ground("white"), overlay, pieces)
    assert poster.problems == ()
    middle = poster.pixels[HEIGHT // 2 - 20 : HEIGHT // 2 + 20]
    assert middle.min() > 250
    assert poster.pixels[8, 300].max() < 150
    assert poster.pixels[-8, 300].max() < 150


def test_two_heavy_light_scrims_become_an_even_veil() -> None:
    overlay, pieces = texts(
        ("brand", "Tidewater", 24, (40, 30), "#0B3954"),
        ("body", "Roasted at dawn", 24, (40, 600), "#0B3954"),
    )
    poster = made(ground("black"), overlay, pieces, tint="#FFF4E0")
    assert poster.problems == ()
    away = poster.pixels[100:580].astype(int)
    assert away.max() - away.min() <= 40
    assert np.ptp(away[..., 0]) <= 2


def test_a_picture_that_no_scrim_can_mend_gets_a_plate() -> None:
    overlay, pieces = small("#6E6E6E")
    poster = made(ground("noise"), overlay, pieces, tint="#FFFFFF")
    assert poster.scrim == 1 or poster.problems


def test_ink_between_dark_and_light_is_a_problem_or_reads() -> None:
    overlay, pieces = small("#808080")
    poster = made(ground("noise"), overlay, pieces)
    assert poster.contrast >= ENOUGH or "contrast" in poster.problems[0]


def test_a_piece_without_ink_is_told() -> None:
    overlay = Overlay(pixels=np.zeros((HEIGHT, WIDTH, 4), np.uint8), left=0, top=0)
    piece = Piece(
        kind="headline", box=Box(left=50, top=50, width=200, height=60), ink="#FFFFFF", em=50,
        plate=False,
    )  # fmt: skip
    poster = made(ground("black"), overlay, [piece])
    assert poster.problems == ("the headline is not to be seen",)


def test_letters_beyond_their_box_are_told() -> None:
    overlay, (piece,) = texts(("headline", "Mighty", 60, (60, 300), "#FFFFFF"))
    low = Box(
        left=piece.box.left, top=piece.box.top, width=piece.box.width, height=piece.box.height // 3
    )
    cut = Piece(kind="headline", box=low, ink=piece.ink, em=piece.em, plate=False)
    poster = made(ground("black"), overlay, [cut])
    assert "the headline reaches beyond its box" in poster.problems


def test_a_covered_face_is_told() -> None:
    overlay, pieces = small(top=300)
    face = Box(left=60, top=290, width=120, height=120)
    poster = made(ground("black"), overlay, pieces, faces=(face,))
    assert poster.problems == ("the body covers a face",)


def test_the_label_is_drawn_and_kept_clear() -> None:
    overlay, pieces = small()
    plate = np.full((30, 120, 4), (11, 15, 20, 255), np.uint8)
    fine = made(ground("white"), overlay, pieces, labels=[Overlay(pixels=plate, left=20, top=20)])
    assert fine.problems == ()
    assert (fine.pixels[20:50, 20:140] == (11, 15, 20)).all()
    over = made(ground("white"), overlay, pieces, labels=[Overlay(pixels=plate, left=60, top=480)])
    assert "the body and the label overlap" in over.problems


def test_the_same_input_gives_the_same_pixels() -> None:
    overlay, pieces = small()
    first, again = (made(ground("noise"), overlay, pieces) for _ in range(2))
    assert (first.pixels == again.pixels).all()
    assert first.problems == again.problems


def test_no_texts_and_no_picture_is_a_plain_ground() -> None:
    overlay = Overlay(pixels=np.zeros((1, 1, 4), np.uint8), left=0, top=0)
    poster = made(ground("grey"), overlay, [])
    assert (poster.pixels == 119).all()
    assert (poster.contrast, poster.scrim, poster.problems) == (0.0, 0.0, ())


@pytest.mark.parametrize("em", [10, 11, 13, 16])
def test_the_edges_of_small_letters_are_not_their_ground(em: int) -> None:
    """Strokes thinner than a pixel are all edge: neither ink nor plate."""
    overlay, (text,) = texts(("cta", "Order illicit milk now", em, (60, 300), "#FFFFFF"))
    sheet = np.zeros_like(overlay.pixels)
    plate = (slice(280, 340), slice(40, 400))
    share = overlay.pixels[plate][..., 3:] / 255
    sheet[plate] = (11, 57, 84, 255)
    sheet[plate][..., :3] = np.rint(share * 255 + (1 - share) * (11, 57, 84))
    plated = Overlay(pixels=sheet, left=0, top=0)
    poster = made(ground("white"), plated, [replace(text, plate=True)])
    assert poster.problems == ()
    assert poster.contrast > 9
