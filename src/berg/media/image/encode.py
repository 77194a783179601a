"""Pixels as the bytes of a JPEG or PNG: the same pixels, the same bytes."""

import io

from PIL import Image

from berg.media.image.photo import Pixels

_QUALITY = 90
_EFFORT = 2
"""zlib level: rasters are read once or twice, so time counts for more than bytes."""


def to_jpeg(pixels: Pixels) -> bytes:
    """RGB (height, width, 3) as JPEG without chroma loss."""
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return data.getvalue()


def to_png(pixels: Pixels) -> bytes:
    """8-bit RGB PNG, untagged: sRGB by custom."""
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG", compress_level=_EFFORT)
    return data.getvalue()
