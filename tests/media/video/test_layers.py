from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.errors import MediaError
from berg.media.video.layers import Deck, cut_layer, presence
from berg.media.video.yuv import Planes, empty_planes, to_ycc
from berg.schema.layer import Layer

WIDTH, HEIGHT = 64, 48


def sheet(path: Path, rgba: tuple[int, int, int, int] = (255, 102, 99, 255)) -> Path:
    image = np.zeros((40, 60, 4), np.uint8)
    image[...] = (*rgba[2::-1], rgba[3])
    cv2.imwrite(str(path), image)
    return path


def grey() -> Planes:
    planes = empty_planes(WIDTH, HEIGHT)
    planes.y[...] = 100
    return planes


def layer(**what: int) -> Layer:
    return Layer(**{"x": 0, "y": 0, "width": 20, "height": 10, "left": 8, "top": 6} | what)


def test_an_opaque_layer_has_exactly_its_colour(tmp_path: Path) -> None:
    planes = grey()

    Deck(sheet(tmp_path / "s.png"), [layer()]).blend(0, planes)

    expected = to_ycc(np.array([[[255, 102, 99]]], np.uint8))[0, 0]
    assert abs(planes.y[8, 12] - expected[0]) <= 0.5
    assert abs(planes.u[5, 8] - expected[1]) <= 0.5
    assert abs(planes.v[5, 8] - expected[2]) <= 0.5


@settings(deadline=None, max_examples=60)
@given(
    left=st.integers(-30, 70),
    top=st.integers(-20, 60),
    width=st.integers(1, 20),
    height=st.integers(1, 20),
    alpha=st.integers(0, 255),
)
def test_a_layer_covers_exactly_its_rectangle_wherever_it_lies(
    left: int, top: int, width: int, height: int, alpha: int
) -> None:
    rgba = np.full((40, 60, 4), (255, 255, 255, alpha), np.uint8)
    planes = grey()
    piece = layer(left=left, top=top, width=width, height=height)

    cut_layer(rgba, piece).blend(planes)

    expected = np.full((HEIGHT, WIDTH), 100.0)
    rows, columns = (
        slice(max(top, 0), max(top + height, 0)),
        slice(max(left, 0), max(left + width, 0)),
    )
    expected[rows, columns] += (235 - 100) * alpha / 255
    assert np.abs(planes.y - expected).max() <= 1
    assert np.abs(planes.u.astype(int) - 128).max() <= 1, "white on grey has no colour"


def test_half_covered_chroma_is_half_as_strong(tmp_path: Path) -> None:
    planes = grey()

    Deck(sheet(tmp_path / "s.png"), [layer(top=7)]).blend(0, planes)

    full, half = planes.v[5, 8] - 128.0, planes.v[3, 8] - 128.0
    assert abs(half - full / 2) <= 1


def test_a_layer_is_seen_from_first_until_end(tmp_path: Path) -> None:
    deck = Deck(sheet(tmp_path / "s.png"), [layer(first=3, end=6)])

    seen = []
    for frame in range(-2, 9):
        planes = grey()
        deck.blend(frame, planes)
        if not np.array_equal(planes.y, grey().y):
            seen.append(frame)

    assert seen == [3, 4, 5]


def test_a_layer_comes_and_goes_evenly() -> None:
    piece = layer(first=10, end=30, fade_in=4, fade_out=4)
    shares = [presence(piece, n) for n in range(10, 30)]

    assert shares[:5] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert shares[-5:] == pytest.approx([1.0, 0.8, 0.6, 0.4, 0.2])


def test_a_rising_layer_comes_from_below_and_stops_in_its_place(tmp_path: Path) -> None:
    deck = Deck(sheet(tmp_path / "s.png"), [layer(fade_in=8, rise=12)])
    middles = []
    for frame in range(12):
        planes = grey()
        deck.blend(frame, planes)
        change = np.abs(planes.y.astype(float) - 100).sum(axis=1)
        middles.append(float((change * np.arange(HEIGHT)).sum() / change.sum()))

    assert middles[0] > middles[3] > middles[6] > middles[8]
    assert middles[8:] == [10.5] * 4


def test_later_layers_lie_on_earlier_ones(tmp_path: Path) -> None:
    image = np.zeros((40, 60, 4), np.uint8)
    image[:20] = (255, 255, 255, 255)
    image[20:] = (0, 0, 0, 255)
    cv2.imwrite(str(tmp_path / "s.png"), image)
    planes = grey()

    Deck(tmp_path / "s.png", [layer(), layer(y=20)]).blend(0, planes)

    assert planes.y[8, 12] == 16


def test_a_sheet_without_alpha_is_opaque(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "s.png"), np.full((40, 60, 3), 255, np.uint8))
    planes = grey()

    Deck(tmp_path / "s.png", [layer()]).blend(0, planes)

    assert planes.y[8, 12] == 235


def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.png").write_bytes(b"nothing")

    with pytest.raises(MediaError, match=r"s\.png"):
        Deck(tmp_path / "s.png", [])
