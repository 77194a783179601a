"""The subject stays in, whatever the shape."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berg.media.image.faces import Face
from berg.media.image.framing import frame_strip, frame_subject
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
    assert frame_strip(subject(*faces), picture=(3000, 2000), output=PORTRAIT) == made


def test_a_group_that_a_pan_can_hold_fills_the_frame() -> None:
    faces = [Face(x, 0.3, 0.08, 0.12) for x in (0.25, 0.4, 0.6)]
    made = frame_strip(subject(*faces), picture=(3000, 2000), output=PORTRAIT)
    assert not made.backdrop
    assert made.crop[0] <= 0.25 * 3000
    assert made.crop[0] + made.crop[2] >= 0.68 * 3000
    assert made.span is not None
    assert made.span[0] < 0.2
    assert made.span[1] > 0.8


@pytest.mark.parametrize(("picture", "output"), [((6000, 800), PORTRAIT), ((800, 6000), LANDSCAPE)])
def test_a_panorama_is_a_strip_to_pan_over(
    picture: tuple[int, int], output: tuple[int, int]
) -> None:
    made = frame_strip(subject(), picture=picture, output=output)
    axis = 0 if picture[0] > picture[1] else 1
    window = picture[1 - axis] * output[axis] / output[1 - axis]
    assert not made.backdrop
    assert made.crop[2 + axis] == pytest.approx(1.8 * window, rel=0.01)
    assert made.crop[axis] < picture[axis] / 2 < made.crop[axis] + made.crop[2 + axis]


def test_a_picture_of_nearly_the_shape_is_no_strip() -> None:
    made = frame_strip(subject(), picture=(1200, 1920), output=PORTRAIT)
    assert (made.span, made.backdrop) == (None, False)
    assert made.crop[2:] == (1080, 1920)


def test_a_small_face_in_the_background_may_be_cut() -> None:
    main, bystander = Face(0.1, 0.2, 0.2, 0.3), Face(0.9, 0.4, 0.04, 0.06)
    made = frame_subject(subject(main, bystander), picture=(3000, 2000), output=PORTRAIT)
    assert not made.backdrop


def test_a_face_stands_in_the_upper_part() -> None:
    face = Face(0.45, 0.5, 0.1, 0.07)
    made = frame_subject(subject(face), picture=(1500, 4000), output=SQUARE)
    assert 0.3 < made.focus[1] < 0.47


def test_a_picture_that_would_be_a_blur_is_shown_whole() -> None:
    made = frame_subject(subject(), picture=(160, 120), output=(1210, 2150))
    assert made.backdrop


@pytest.mark.parametrize("picture", [(600, 400), (400, 400), (400, 600), (900, 505)])
@pytest.mark.parametrize("output", [(1210, 2150), (1210, 1210), (2150, 1210)])
def test_a_usual_picture_fills_the_frame(picture: tuple[int, int], output: tuple[int, int]) -> None:
    face = Face(0.4, 0.25, 0.2, 0.2)
    for found in (subject(), subject(face)):
        assert not frame_subject(found, picture=picture, output=output).backdrop
        assert not frame_strip(found, picture=picture, output=output).backdrop


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
    strip = frame_strip(subject(*faces, at=(x, y)), picture=(width, height), output=output)
    left, top, w, h = strip.crop
    assert left >= 0
    assert top >= 0
    assert 1 <= w <= width - left
    assert 1 <= h <= height - top
    assert strip.span is None or 0 <= strip.span[0] <= strip.span[1] <= 1
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
