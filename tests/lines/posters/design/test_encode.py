"""Files: the same bytes every time, tagged as sRGB, and readable by others."""

import io

import numpy as np
import pytest
from PIL import Image, ImageCms

from berg.lines.posters.design.encode import decoded, encode
from berg.lines.posters.design.hashing import phash
from berg.lines.posters.design.likeness import ALIKE, distance
from berg.schema.choices import PictureFormat
from tests.lines.posters.design.lettered import ground

PICTURE = np.ascontiguousarray(ground("spots"))


@pytest.mark.parametrize("form", ["jpeg", "png", "webp"])
def test_bytes_are_the_same_every_time_and_pillow_reads_them(form: PictureFormat) -> None:
    data = encode(PICTURE, form)
    assert data == encode(PICTURE.copy(), form)
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == form.upper()
        pixels = np.asarray(image.convert("RGB"), np.int16)
    assert np.abs(pixels - PICTURE).mean() < 2


def test_png_keeps_every_pixel() -> None:
    assert (decoded(encode(PICTURE, "png")) == PICTURE).all()


def test_a_jpeg_has_an_srgb_profile_and_full_colour_resolution() -> None:
    with Image.open(io.BytesIO(encode(PICTURE, "jpeg"))) as image:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        layers = image.layer  # type: ignore[attr-defined]
    assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert [layer[1:3] for layer in layers] == [(1, 1)] * 3


def test_a_png_says_that_it_is_srgb() -> None:
    with Image.open(io.BytesIO(encode(PICTURE, "png"))) as image:
        image.load()
        assert image.info["srgb"] == 0


def test_a_hash_stays_near_when_a_picture_is_encoded_or_made_smaller() -> None:
    own = phash(PICTURE)
    assert len(own) == 16
    again = phash(decoded(encode(PICTURE, "jpeg", quality=40)))
    assert distance(own, again) <= 2
    assert distance(own, phash(np.ascontiguousarray(PICTURE[::2, ::2]))) <= ALIKE


def test_hashes_of_other_pictures_are_far() -> None:
    hashes = [phash(ground("spots", seed)) for seed in range(4)]
    for index, own in enumerate(hashes):
        assert all(distance(own, other) > ALIKE for other in hashes[:index])
