import hashlib

import cv2
import numpy as np
import pytest

from berg.carriers.watermark.found import MarkKey
from berg.carriers.watermark.picture import find_in_picture, mark_picture
from tests.carriers.watermark.pictures import coded, poster, psnr, scene, turned

KEY, OTHER = MarkKey.of(b"k" * 32), MarkKey.of(b"o" * 32)
IDENTIFIER = "00c0ffee42"


@pytest.fixture(scope="module")
def plain():
    return scene(1)


@pytest.fixture(scope="module")
def marked(plain):
    return mark_picture(plain, identifier=IDENTIFIER, key=KEY)


def resized(picture, scale):
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def gamma(picture, power):
    return (255 * (picture / 255) ** power).astype(np.uint8)


def noisy(picture):
    noise = np.random.default_rng(5).normal(0, 8, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def with_logo(picture):
    pasted = picture.copy()
    pasted[300:553, 200:402] = (230, 30, 60)
    return pasted


CHANGES = {
    "nothing": lambda p: p,
    "JPEG 50": lambda p: coded(p, "JPEG", 50),
    "JPEG 30": lambda p: coded(p, "JPEG", 30),
    "WebP 70": lambda p: coded(p, "WEBP", 70),
    "half the size": lambda p: resized(p, 0.5),
    "twice the size": lambda p: resized(p, 2),
    "1.37 times the size": lambda p: resized(p, 1.37),
    "a crop of half the area": lambda p: p[150:716, 90:542].copy(),
    "blur": lambda p: cv2.GaussianBlur(p, (0, 0), 1.5),
    "noise": noisy,
    "brighter": lambda p: cv2.add(p, (30, 30, 30, 0)),
    "gamma": lambda p: gamma(p, 0.7),
    "a logo over a tenth": with_logo,
    "turned by 2 degrees": lambda p: turned(p, 2),
    "turned by -1.3 degrees, then JPEG 50": lambda p: coded(turned(p, -1.3), "JPEG", 50),
    "a crop, reduced, JPEG 60": lambda p: coded(resized(p[100:720, 60:600], 0.7), "JPEG", 60),
    "a quarter turn": lambda p: np.rot90(p).copy(),
    "mirrored": lambda p: p[:, ::-1].copy(),
    "grey": lambda p: np.repeat(p.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_identifier_survives(marked, change):
    found = find_in_picture(change(marked), keys=[OTHER, KEY])
    assert found is not None
    assert (found.identifier, found.key) == (IDENTIFIER, KEY.id)
    assert found.score > 5


def test_another_key_sees_nothing(marked):
    assert find_in_picture(marked, keys=[OTHER]) is None


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_found_where_nothing_was_marked(seed):
    assert find_in_picture(scene(seed), keys=[KEY, OTHER]) is None


def test_the_mark_of_a_poster_is_found_after_jpeg_80():
    marked = mark_picture(poster(), identifier=IDENTIFIER, key=KEY)
    found = find_in_picture(coded(marked, "JPEG", 80), keys=[KEY])
    assert found is not None
    assert found.identifier == IDENTIFIER


def test_a_large_picture_is_found_at_a_quarter_of_its_size():
    large = mark_picture(scene(3, height=2700, width=2160), identifier=IDENTIFIER, key=KEY)
    found = find_in_picture(coded(resized(large, 0.25), "JPEG", 75), keys=[KEY])
    assert found is not None
    assert found.identifier == IDENTIFIER


def test_a_quick_look_finds_what_was_only_coded_again(marked):
    assert find_in_picture(coded(marked, "JPEG", 50), keys=[KEY], thorough=False)


def test_a_quick_look_doesnt_search(marked):
    assert find_in_picture(resized(marked, 0.8), keys=[KEY], thorough=False) is None


def test_pictures_stay_as_they_look(plain, marked):
    assert psnr(plain, marked) > 40


def test_flat_ground_changes_by_two_levels_at_most():
    flat = np.full((320, 320, 3), 128, np.uint8)
    marked = mark_picture(flat, identifier=IDENTIFIER, key=KEY)
    changed = np.abs(marked.astype(int) - 128)
    assert changed.max() <= 3
    assert 0 < changed.mean() < 0.6


def test_ground_beside_type_is_marked_as_faintly_as_any():
    plain = poster()
    marked = mark_picture(plain, identifier=IDENTIFIER, key=KEY)
    changed = np.abs(marked.astype(int) - plain).max(axis=2)
    ground = (plain == plain[0, 0]).all(axis=2)
    assert (changed[ground] > 4).mean() < 0.005


def test_colours_stay_as_the_mark_is_in_luma(plain, marked):
    change = marked.astype(int) - plain
    inside = (plain > 10).all(axis=2) & (plain < 245).all(axis=2)
    assert (np.ptp(change, axis=2)[inside] == 0).all()


def test_marking_is_the_same_every_time_and_everywhere(plain, marked):
    assert (mark_picture(plain, identifier=IDENTIFIER, key=KEY) == marked).all()
    ramp = (np.arange(200 * 180 * 3, dtype=np.int64) ** 2 // 7 % 256).astype(np.uint8)
    made = mark_picture(ramp.reshape(200, 180, 3), identifier=IDENTIFIER, key=KEY)
    assert hashlib.sha256(made.tobytes()).hexdigest()[:16] == "8f2c083871046440"


def test_the_input_is_left_alone(plain):
    before = plain.copy()
    mark_picture(plain, identifier=IDENTIFIER, key=KEY)
    assert (plain == before).all()


@pytest.mark.parametrize("shape", [(1, 1), (3, 500), (17, 33), (63, 64), (64, 64), (65, 1200)])
def test_any_size_is_marked_and_looked_at(shape):
    marked = mark_picture(np.full((*shape, 3), 99, np.uint8), identifier=IDENTIFIER, key=KEY)
    assert marked.shape == (*shape, 3)
    assert find_in_picture(np.zeros((*shape, 3), np.uint8), keys=[KEY]) is None


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_picture_of_one_colour_holds_nothing(value):
    assert find_in_picture(np.full((300, 300, 3), value, np.uint8), keys=[KEY]) is None


@pytest.mark.parametrize(
    "wrong",
    [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 4), np.uint8), np.zeros((0, 9, 3), np.uint8)],
)
def test_what_is_no_rgb_picture_is_refused(wrong):
    with pytest.raises(ValueError, match="height, width, 3"):
        mark_picture(wrong, identifier=IDENTIFIER, key=KEY)


def test_no_keys_find_nothing(marked):
    assert find_in_picture(marked, keys=[]) is None
