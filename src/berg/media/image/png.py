"""Pixels as PNG, the same bytes every time."""

import io

from PIL import Image

from berg.media.image.photo import Pixels

_EFFORT = 2
"""zlib level: rasters are read once or twice, so time counts for more than bytes."""


def to_png(pixels: Pixels) -> bytes:
    """8-bit RGB PNG, untagged: sRGB by custom."""
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG", compress_level=_EFFORT)
    return data.getvalue()
