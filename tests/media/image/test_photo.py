"""Photographs of every kind come out upright, in sRGB, whole."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from berg.errors import MediaError
from berg.media.image.photo import read_photo
from tests.media.awkward import PATCHES, card

LEAST = (40, 40)
TURNS = {
    1: (0, 1, 2, 3),
    2: (1, 0, 3, 2),
    3: (3, 2, 1, 0),
    4: (2, 3, 0, 1),
    5: (0, 2, 1, 3),
    6: (2, 0, 3, 1),
    7: (3, 1, 2, 0),
    8: (1, 3, 0, 2),
}
"""Which patch of the stored card is seen in each corner, by EXIF orientation."""


def corners(picture: np.ndarray) -> list[list[int]]:
    h, w = picture.shape[:2]
    return [picture[y, x].tolist() for y in (h // 4, 3 * h // 4) for x in (w // 4, 3 * w // 4)]


def near(found: Any, wanted: Any, by: int = 3) -> bool:
    return bool(np.abs(np.array(found, float) - np.array(wanted, float)).max() <= by)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_is_undone(tmp_path: Path, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(card(64, 48)).save(tmp_path / "a.png", exif=exif)
    picture = read_photo(tmp_path / "a.png", least=LEAST)
    assert picture.shape == ((48, 64, 3) if orientation < 5 else (64, 48, 3))
    assert near(corners(picture), [PATCHES[i] for i in TURNS[orientation]])


@pytest.mark.parametrize("mode", ["P", "RGBA", "CMYK", "L", "LA", "1"])
def test_every_mode_becomes_three_channels(tmp_path: Path, mode: str) -> None:
    source = Image.fromarray(card(64, 48)).convert(mode)
    path = tmp_path / ("a.jpg" if mode == "CMYK" else "a.png")
    source.save(path, **({"quality": 100} if mode == "CMYK" else {}))
    picture = read_photo(path, least=LEAST)
    assert picture.shape == (48, 64, 3)
    assert picture.dtype == np.uint8
    wanted = np.asarray(source.convert("RGB"))
    assert near(corners(picture), corners(wanted), 8)


def test_sixteen_bit_grey_keeps_its_brightness(tmp_path: Path) -> None:
    values = np.full((48, 64), 32_896, np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    assert near(read_photo(tmp_path / "a.png", least=LEAST), 128, 1)


def test_an_embedded_profile_is_honoured(tmp_path: Path) -> None:
    # A profile whose primaries are swapped: what is stored as red is green.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    swapped = bytearray(profile)
    swapped[red : red + 4], swapped[green : green + 4] = b"gXYZ", b"rXYZ"
    Image.new("RGB", (32, 32), (255, 0, 0)).save(tmp_path / "a.png", icc_profile=bytes(swapped))
    assert near(read_photo(tmp_path / "a.png", least=LEAST)[16, 16], (0, 255, 0), 4)


def test_a_damaged_profile_costs_nothing(tmp_path: Path) -> None:
    Image.fromarray(card(64, 48)).save(tmp_path / "a.png", icc_profile=b"no profile at all" * 20)
    assert near(corners(read_photo(tmp_path / "a.png", least=LEAST)), PATCHES)


@pytest.mark.parametrize(("ink", "ground_is_light"), [((0, 0, 0), True), ((255, 255, 255), False)])
def test_transparency_gets_a_ground_that_the_drawing_stands_out_from(
    tmp_path: Path, ink: tuple[int, int, int], ground_is_light: bool
) -> None:
    drawing = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    drawing.paste((*ink, 255), (16, 16, 48, 48))
    drawing.save(tmp_path / "a.png")
    picture = read_photo(tmp_path / "a.png", least=LEAST)
    assert near(picture[32, 32], ink, 0)
    assert (picture[2, 2].mean() > 128) == ground_is_light


def test_a_large_photograph_comes_reduced_but_never_below_what_is_needed(tmp_path: Path) -> None:
    Image.fromarray(card(2400, 1600)).save(tmp_path / "a.jpg")
    Image.fromarray(card(2400, 1600)).save(tmp_path / "a.png")
    for name in ("a.jpg", "a.png"):
        height, width, _ = read_photo(tmp_path / name, least=(300, 250)).shape
        assert 300 <= width < 2400
        assert 250 <= height < 1600


def test_a_damaged_photograph_raises_a_media_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    noise = np.random.default_rng(4).integers(0, 255, (96, 96, 3), np.uint8)
    Image.fromarray(noise).save(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(MediaError, match=r"a\.jpg"):
        read_photo(path, least=LEAST)
