"""Sheets of type as PNG: any reader opens them, and so does ours, whoever wrote them."""

import io

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from berg.errors import StepError
from berg.lines.posters.design.flat_png import _quick, from_png, to_png

RNG = np.random.default_rng(5)


def sheet(width: int, height: int) -> np.ndarray:
    return RNG.integers(0, 256, (height, width, 4), dtype=np.uint8)


@given(width=st.integers(1, 40), height=st.integers(1, 40))
def test_a_sheet_comes_back_as_it_was(width: int, height: int) -> None:
    pixels = sheet(width, height)
    data = to_png(pixels)
    quick = _quick(data)
    assert quick is not None
    assert (quick == pixels).all()
    with Image.open(io.BytesIO(data)) as image:
        assert image.mode == "RGBA"
        assert (np.asarray(image) == pixels).all()


def test_sheets_of_other_writers_are_read_too() -> None:
    pixels = sheet(30, 20)
    done, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA))
    assert done
    assert (from_png(data.tobytes()) == pixels).all()


@pytest.mark.parametrize("cut", [0, 7, 20, 40])
def test_damaged_sheets_are_one_clear_error(cut: int) -> None:
    with pytest.raises(StepError, match="a sheet of type could not be read back"):
        from_png(to_png(sheet(30, 20))[:cut])


def test_a_file_that_inflates_beyond_its_size_is_not_read_whole() -> None:
    data = bytearray(to_png(np.zeros((400, 400, 4), np.uint8)))
    data[16:24] = (3).to_bytes(4, "big") * 2
    assert _quick(bytes(data)) is None or _quick(bytes(data)).shape == (3, 3, 4)  # type: ignore[union-attr]


def test_a_picture_without_alpha_is_no_sheet() -> None:
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "PNG")
    with pytest.raises(StepError, match="could not be read back"):
        from_png(data.getvalue())
