"""A QR code in a brand's colours: dark modules on a light plate, as scanners want them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from berg.media.type.colour import DARK, LIGHT, contrast, luminance, rgb
from berg.media.type.safe import Box
from berg.media.type.shapes import rect

_SCANNED = 7.0
"""Least contrast of modules to their plate that every scanner is happy with."""


class Square:
    """A code, one pixel a module, to be enlarged by a whole number."""

    def __init__(self, image: Path, palette: Sequence[str], folder: Path) -> None:
        """`folder` takes the enlarged picture, for the typesetter to draw."""
        with Image.open(image) as picture:
            self._dark = np.asarray(picture.convert("L")) < 128
        self._folder = folder
        low, high = (end(palette, key=luminance, default=DARK) for end in (min, max))
        pair = (low, high) if contrast(low, high) >= _SCANNED else (DARK, LIGHT)
        self._ink, self._plate = pair

    def side(self, room: int) -> int:
        """The largest side of at most `room` pixels; one pixel a module at the least."""
        count = len(self._dark)
        return count * max(1, room // count)

    def drawn(
        self, middle: int, top: float, side: int, radius: int
    ) -> tuple[Box, list[dict[str, Any]]]:
        """What is drawn, on whole pixels, and where: its plate is a code's quiet zone."""
        scale = side // len(self._dark)
        large = self._dark.repeat(scale, 0).repeat(scale, 1)
        pixels = np.zeros((side, side, 4), np.uint8)
        pixels[large] = (*rgb(self._ink), 255)
        Image.fromarray(pixels).save(self._folder / "code.png", compress_level=1)
        left, y = middle - side // 2, round(top)
        image = {
            "kind": "image", "path": "code.png", "x": left, "y": y, "width": side, "height": side,
        }  # fmt: skip
        plate = rect(left, y, side, side, self._plate, min(radius, 3 * scale))
        return Box(left=left - 2, top=y - 2, width=side + 4, height=side + 4), [plate, image]
