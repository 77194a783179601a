"""Grounds: any photograph fills the shape, its subject kept; grids say where it is calm."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from berg.errors import MediaError
from berg.lines.posters.design.ground import Grounded, grids_of, ground_of
from berg.lines.posters.design.placing import place
from berg.lines.posters.design.subject import subject_of
from berg.media.image.photo import read_photo
from berg.media.type.safe import Box

SIZE = (216, 270)
RNG = np.random.default_rng(3)


def picture(width: int, height: int) -> np.ndarray:
    return RNG.integers(0, 256, (height, width, 3), dtype=np.uint8)


def sloped(width: int, height: int) -> np.ndarray:
    """Smooth, with one bright spot: quick to look for faces in."""
    made = np.zeros((height, width, 3), np.uint8)
    made[:] = np.linspace(40, 200, height).astype(np.uint8)[:, None, None]
    made[height // 3 : height // 2, : width // 3] = (250, 200, 40)
    return made


def grounded(source: np.ndarray, *, size: tuple[int, int] = SIZE, enlarge: bool = True) -> Grounded:
    return ground_of(source, subject_of(source), size=size, enlarge=enlarge)


@settings(deadline=None, max_examples=8)
@given(
    width=st.integers(1, 300),
    height=st.integers(1, 300),
    out=st.tuples(st.integers(60, 300), st.integers(60, 300)),
)
def test_any_picture_fills_any_shape(width: int, height: int, out: tuple[int, int]) -> None:
    made = grounded(sloped(width, height), size=out)
    assert made.pixels.shape == (out[1], out[0], 3)
    assert len(made.detail) == len(made.luma) == 80
    assert all(0 <= value <= 255 for value in (*made.detail, *made.luma))
    assert all(0 <= value <= 1000 for value in made.focus)


def test_a_small_picture_is_left_small_for_paper() -> None:
    made = grounded(picture(40, 50), enlarge=False)
    assert made.pixels.shape == (50, 40, 3)
    assert made.enlarged == pytest.approx(5.4)


def test_the_same_picture_gives_the_same_bytes() -> None:
    source = sloped(300, 200)
    first, again = (grounded(source) for _ in range(2))
    assert first.pixels.tobytes() == again.pixels.tobytes()
    assert first.detail == again.detail


def test_the_crop_goes_to_the_subject() -> None:
    wide = np.full((200, 800, 3), 128, np.uint8)
    wide[60:140, 640:720] = (250, 60, 20)
    made = grounded(wide)
    assert (made.pixels[..., 0] > 220).sum() > 3000


@pytest.mark.parametrize("size", [(240, 300), (216, 270), (264, 330)])
def test_a_slightly_reduced_ground_is_as_sharp_as_it_can_be(size: tuple[int, int]) -> None:
    waves = np.cos(np.linspace(0, 60, 360))[:, None] * np.sin(np.linspace(0, 80, 288))
    source = np.repeat(np.rint(127 + 90 * waves).astype(np.uint8)[..., None], 3, axis=2)
    made = grounded(source, size=size).pixels
    ideal = np.asarray(Image.fromarray(source).resize(size, Image.Resampling.LANCZOS))
    error = np.abs(made.astype(int) - ideal)[8:-8, 8:-8]
    assert error.mean() < 0.7
    assert error.max() < 5


def test_grids_tell_calm_from_busy_and_dark_from_light() -> None:
    half = np.full((400, 320, 3), 240, np.uint8)
    half[200:] = picture(320, 200)
    detail, luma = grids_of(half)
    assert max(detail[:32]) < 20 < 120 < min(detail[48:])
    assert min(luma[:32]) > 230 > 160 > max(luma[48:])


def test_an_even_fall_of_light_is_calm() -> None:
    fall = np.linspace(0, 255, 400).astype(np.uint8)
    detail, _ = grids_of(np.ascontiguousarray(np.broadcast_to(fall[:, None, None], (400, 320, 3))))
    assert max(detail) < 40


@pytest.mark.parametrize(
    "made",
    [
        Image.new("RGB", (16, 16), "red"),
        Image.new("RGB", (3000, 50), "red"),
        Image.new("CMYK", (300, 200), (0, 200, 200, 0)),
        Image.new("I;16", (300, 200), 40_000),
        Image.new("RGBA", (300, 200), (255, 0, 0, 90)),
        Image.new("LA", (300, 200), (90, 90)),
        Image.new("1", (300, 200), 1),
    ],
    ids=["16x16", "3000x50", "CMYK", "16 bits", "alpha", "grey alpha", "1 bit"],
)
def test_awkward_pictures_make_grounds(made: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "a.tiff"
    made.save(path)
    ground = grounded(read_photo(path, least=SIZE))
    assert ground.pixels.shape == (SIZE[1], SIZE[0], 3)


@pytest.mark.parametrize("size", [(1, 1), (30_000, 10)])
def test_slivers_are_one_clear_error(size: tuple[int, int], tmp_path: Path) -> None:
    Image.new("RGB", size).save(tmp_path / "a.png")
    with pytest.raises(MediaError, match=r"a\.png: is .* each side needs at least"):
        read_photo(tmp_path / "a.png", least=SIZE)


def test_a_damaged_picture_is_one_clear_error(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(picture(300, 300)).save(data, "PNG")
    path = tmp_path / "cut.png"
    path.write_bytes(data.getvalue()[: len(data.getvalue()) // 2])
    with pytest.raises(MediaError, match=r"cut\.png"):
        read_photo(path, least=SIZE)


def test_a_ground_fills_a_panel_of_another_shape_and_keeps_its_focus() -> None:
    raster = np.zeros((500, 400, 3), np.uint8)
    raster[380:420, 180:220] = 255
    panel = Box(left=10, top=20, width=400, height=200)
    placed = place(raster, panel, focus=(500, 800))
    assert placed.pixels.shape == (200, 400, 3)
    assert placed.pixels.max() == 255


@given(
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    panel=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    focus=st.tuples(st.integers(0, 1000), st.integers(0, 1000)),
)
def test_every_panel_is_filled(
    size: tuple[int, int], panel: tuple[int, int], focus: tuple[int, int]
) -> None:
    box = Box(left=3, top=4, width=panel[0], height=panel[1])
    assert place(picture(*size), box, focus=focus).pixels.shape == (panel[1], panel[0], 3)
