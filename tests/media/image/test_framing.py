"""The subject stays in, whatever the shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.image.faces import Face
from berg.media.image.framing import frame_subject
from berg.media.image.subject import Subject, find_subject, subject_over_time

PORTRAIT, SQUARE, LANDSCAPE = (1080, 1920), (1080, 1080), (1920, 1080)


def subject(*faces: Face, at: tuple[float, float] = (0.5, 0.5)) -> Subject:
    y, x = np.mgrid[0:64, 0:96]
    weights = np.exp(-(((x / 96 - at[0]) ** 2 + (y / 64 - at[1]) ** 2) / 0.004))
    return Subject(weights / weights.sum(), faces)


@pytest.mark.parametrize("output", [PORTRAIT, SQUARE, LANDSCAPE])
@pytest.mark.parametrize("x", [0.12, 0.5, 0.88])
def test_a_face_stays_whole_wherever_it_is(output: tuple[int, int], x: float) -> None:
    face = Face(x - 0.05, 0.3, 0.1, 0.15)
    made = frame_subject(subject(face), picture=(3000, 2000), output=output)
    left, top, width, height = made.crop
    assert not made.backdrop
    assert left <= face.left * 3000
    assert left + width >= (face.left + face.width) * 3000
    assert top <= face.top * 2000
    assert top + height >= (face.top + face.height) * 2000


@pytest.mark.parametrize("x", [0.2, 0.8])
def test_what_stands_out_stays_in(x: float) -> None:
    made = frame_subject(subject(at=(x, 0.5)), picture=(3000, 2000), output=PORTRAIT)
    assert made.crop[0] < x * 3000 < made.crop[0] + made.crop[2]
    assert not made.backdrop


def test_a_group_too_wide_for_the_shape_is_shown_whole() -> None:
    faces = [Face(x, 0.3, 0.12, 0.18) for x in (0.05, 0.3, 0.55, 0.8)]
    made = frame_subject(subject(*faces), picture=(3000, 2000), output=PORTRAIT)
    assert made.backdrop
    assert made.crop[0] <= 0.05 * 3000
    assert made.crop[0] + made.crop[2] >= 0.92 * 3000


def test_a_small_face_in_the_background_may_be_cut() -> None:
    main, bystander = Face(0.1, 0.2, 0.2, 0.3), Face(0.9, 0.4, 0.04, 0.06)
    made = frame_subject(subject(main, bystander), picture=(3000, 2000), output=PORTRAIT)
    assert not made.backdrop


def test_a_face_stands_in_the_upper_part() -> None:
    face = Face(0.45, 0.5, 0.1, 0.07)
    made = frame_subject(subject(face), picture=(1500, 4000), output=SQUARE)
    assert 0.3 < made.focus[1] < 0.47


def test_a_small_picture_is_not_enlarged_beyond_what_looks_good() -> None:
    made = frame_subject(subject(), picture=(600, 400), output=(1210, 2150))
    assert made.backdrop
    assert 1210 / made.crop[2] <= 3.2


def test_slivers_of_backdrop_are_avoided() -> None:
    made = frame_subject(subject(), picture=(600, 400), output=(2150, 1210))
    assert not made.backdrop


@settings(max_examples=60, deadline=None)
@given(
    width=st.integers(16, 5000),
    height=st.integers(16, 5000),
    output=st.sampled_from([PORTRAIT, SQUARE, LANDSCAPE, (270, 480)]),
    x=st.floats(0, 0.9),
    y=st.floats(0, 0.9),
    has_face=st.booleans(),
)
def test_a_crop_lies_within_the_picture_and_has_the_right_shape(
    width: int, height: int, output: tuple[int, int], x: float, y: float, has_face: bool
) -> None:
    faces = (Face(x, y, 0.1, 0.1),) if has_face else ()
    made = frame_subject(subject(*faces, at=(x, y)), picture=(width, height), output=output)
    left, top, w, h = made.crop
    assert left >= 0
    assert top >= 0
    assert 1 <= w <= width - left
    assert 1 <= h <= height - top
    assert 0 <= made.focus[0] <= 1
    assert 0 <= made.focus[1] <= 1
    if not made.backdrop:
        assert abs(w - h * output[0] / output[1]) <= max(1, output[0] / output[1])


def test_an_object_on_an_empty_ground_is_found() -> None:
    picture = np.full((300, 600, 3), 190, np.uint8)
    picture[120:200, 440:540] = (200, 40, 30)
    weights = find_subject(picture).weights
    rows, columns = weights.shape
    y, x = np.unravel_index(weights.argmax(), weights.shape)
    assert 0.7 < x / columns < 0.93
    assert 0.35 < y / rows < 0.7


def test_an_even_picture_has_its_subject_everywhere() -> None:
    weights = find_subject(np.full((100, 100, 3), 90, np.uint8)).weights
    assert weights.sum() == pytest.approx(1)


def test_what_moves_counts_more_than_what_stands() -> None:
    pictures = []
    for step in range(5):
        picture = np.full((120, 240, 3), 120, np.uint8)
        picture[40:80, 30:60] = 220
        picture[40:80, 150 + 6 * step : 180 + 6 * step] = 220
        pictures.append(picture)
    weights = subject_over_time(pictures).weights
    half = weights.shape[1] // 2
    assert weights[:, half:].sum() > 1.5 * weights[:, :half].sum()
