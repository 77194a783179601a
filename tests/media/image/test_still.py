"""A prepared photograph fills its size, stays sharp, and is the same every time."""

import numpy as np
import pytest

from berg.media.image.still import prepare, resized
from tests.media.awkward import card


@pytest.mark.parametrize("size", [(302, 538), (302, 302), (538, 302)])
@pytest.mark.parametrize("shape", [(60, 90), (400, 90), (90, 400), (500, 500)])
def test_any_picture_fills_any_size(size: tuple[int, int], shape: tuple[int, int]) -> None:
    made = prepare(card(shape[1], shape[0]), size=size)
    tall, wide, _ = made.pixels.shape
    assert (wide == size[0] and tall >= size[1]) or (tall == size[1] and wide >= size[0])
    assert max(wide / size[0], tall / size[1]) <= 1.83
    assert (made.span is None) == ((wide, tall) == size)
    assert made.pixels.dtype == np.uint8
    assert made.pixels.min(axis=(1, 2)).max() > 0  # no black bars


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = np.random.default_rng(5).integers(0, 255, (80, 120, 3), np.uint8)
    first, second = (prepare(picture, size=(302, 538)) for _ in range(2))
    assert (first.pixels == second.pixels).all()
    assert first.focus == second.focus


def test_an_inset_keeps_its_colours_stands_above_captions_and_does_not_move() -> None:
    made = prepare(card(44, 26), size=(242, 430))
    rows = made.pixels.astype(float).mean(axis=(1, 2))
    assert (made.inset, made.span) == (True, None)
    assert rows[5] < 0.7 * rows[150]
    assert rows[int(0.58 * 430) :].max() < 0.7 * rows[150]


def test_enlarging_keeps_even_areas_and_sharpens_edges() -> None:
    picture = np.full((20, 20, 3), 60, np.uint8)
    picture[:, 10:] = 190
    large = resized(picture, (60, 60)).astype(int)
    assert abs(large[30, 5] - 60).max() <= 1
    assert abs(large[30, 55] - 190).max() <= 1
    assert np.abs(np.diff(large[30, :, 0])).max() > 35
    assert large.max() <= 190 + 30
    assert large.min() >= 60 - 30
